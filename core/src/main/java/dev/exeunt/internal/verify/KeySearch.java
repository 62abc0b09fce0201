package dev.exeunt.internal.verify;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.search.KeyEquality;
import dev.exeunt.internal.search.ResiduePatterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds the search conditions for keys and values, one or two for each column that may hold them. */
final class KeySearch {

    private static final String BYTES_MATCH =
            "(pg_catalog.encode({column}, 'escape') OPERATOR(pg_catalog.~*) ANY (:any::pg_catalog.text[]))";
    private static final String TEXT_MATCHES =
            "({column}::pg_catalog.text OPERATOR(pg_catalog.~*) ANY (:any::pg_catalog.text[]))";
    /** Types whose values are no keys: truths, moments, shapes and spans. */
    private static final Set<Character> NO_KEYS = Set.of('B', 'D', 'G', 'T');

    private final KeyColumns columns;
    private final ResiduePatterns values;
    private final List<String> keys;
    private final List<String> telling;
    private final List<String> keyExpressions;

    KeySearch(KeyColumns columns, List<SubjectKey> subjects, ResiduePatterns values) {
        this.columns = columns;
        this.values = values;
        this.keys = columns.searchable()
                ? subjects.stream().map(s -> s.parts().get(0)).toList()
                : List.of();
        this.telling = keys.stream().filter(columns::isTelling).toList();
        this.keyExpressions = ResiduePatterns.ofKeys(keys, columns.names());
    }

    /** Holds one search condition for one column. */
    record ColumnSearch(Column column, String what, SqlFragment condition) {}

    /** What of the values could not be looked for. */
    List<String> skipped() {
        return values.skipped();
    }

    KeyColumns columns() {
        return columns;
    }

    List<String> keys() {
        return keys;
    }

    List<String> allExpressions() {
        List<String> all = new ArrayList<>(values.expressions());
        all.addAll(keyExpressions);
        return all;
    }

    List<String> allByteExpressions() {
        return ResiduePatterns.ofBytes(allExpressions());
    }

    /** At most two for each column: a statement has room for some 1,600 counts. */
    List<ColumnSearch> of(Table table) {
        List<ColumnSearch> searches = new ArrayList<>();
        for (Column column : table.columns()) {
            if (columns.searchable() && columns.isLink(table, column)) {
                continue;
            }
            if (ColumnHeuristics.freeForm(column)) {
                freeForm(table, column, searches);
            } else {
                key(table, column).ifPresent(searches::add);
            }
        }
        return searches;
    }

    private void freeForm(Table table, Column column, List<ColumnSearch> searches) {
        boolean bytes = column.type().baseName().equals("bytea");
        String matches = bytes ? BYTES_MATCH : TEXT_MATCHES;
        search(column, "value", matches, bytes ? ResiduePatterns.ofBytes(values.expressions()) : values.expressions())
                .ifPresent(searches::add);
        List<String> expressions = bytes ? ResiduePatterns.ofBytes(keyExpressions) : keyExpressions;
        Optional<ColumnSearch> token = search(column, "key", matches, expressions);
        if (column.type().isText() && columns.saysText(table, column)) {
            token = token.map(t ->
                    new ColumnSearch(column, "key", SqlFragment.anyOf(List.of(t.condition(), equal(column, keys)))));
        }
        token.ifPresent(searches::add);
    }

    private Optional<ColumnSearch> key(Table table, Column column) {
        if (!columns.searchable()) {
            return Optional.empty();
        }
        boolean named = columns.saysKey(table, column);
        if (named || columns.hasTypeOfKey(column) && !telling.isEmpty()) {
            return equality(column, named ? keys : telling);
        }
        return NO_KEYS.contains(column.type().category())
                ? Optional.empty()
                : search(column, "key", TEXT_MATCHES, ResiduePatterns.ofKeys(telling, columns.names()));
    }

    /** The search of a column of which nothing but its values says that it holds keys. */
    ColumnSearch ofSample(Column column) {
        return equality(column, keys).orElseThrow();
    }

    private Optional<ColumnSearch> equality(Column column, List<String> any) {
        return any.isEmpty() ? Optional.empty() : Optional.of(new ColumnSearch(column, "key", equal(column, any)));
    }

    private SqlFragment equal(Column column, List<String> any) {
        return new KeyEquality(columns.keyType(), any)
                .of(column.name(), column.type().baseName());
    }

    private static Optional<ColumnSearch> search(Column column, String what, String template, List<String> any) {
        return any.isEmpty()
                ? Optional.empty()
                : Optional.of(new ColumnSearch(column, what, condition(column, template, any)));
    }

    private static SqlFragment condition(Column column, String template, List<String> any) {
        return SqlTemplate.of(template)
                .identifier("column", column.name())
                .bind("any", any.toArray(String[]::new))
                .toFragment();
    }
}
