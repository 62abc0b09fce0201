package dev.exeunt.internal.plan.bind;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.TableReference;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.TableNameFormatter;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import dev.exeunt.support.text.SpellingSuggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the map's table and column names in the schema, and reports unknown names with the nearest match. */
final class NameResolver {

    private final DatabaseSchema schema;
    /** a large map names the same tables thousands of times */
    private final Map<String, Optional<Table>> resolved = new HashMap<>();

    private final TableNameFormatter refs;
    private final Set<String> taken;
    private final List<Finding> findings = new ArrayList<>();

    /** @param taken tables the map names, as it does: none of them is meant a second time */
    NameResolver(DatabaseSchema schema, Set<String> taken) {
        this.schema = schema;
        this.taken = Set.copyOf(taken);
        this.refs = new TableNameFormatter(schema);
    }

    List<Finding> findings() {
        return findings;
    }

    /**
     * Holds the names that would be valid.
     *
     * @param otherwise the fix where none of them is near
     */
    record ValidNames(Collection<String> names, String otherwise) {

        static ValidNames oneOf(Collection<String> names) {
            return new ValidNames(names, "one of: " + String.join(", ", names));
        }
    }

    void report(Finding finding) {
        findings.add(finding);
    }

    /** Reports a word that is no valid name, and suggests the nearest of them, where one is near. */
    void unknown(LocatedText word, String what, String message, ValidNames valid) {
        SuggestedFix fix = SpellingSuggestion.closest(word.text(), valid.names())
                .map(nearest -> SuggestedFix.value(word.text(), YamlFormatter.scalar(nearest), valid.otherwise()))
                .orElseGet(() -> SuggestedFix.words(valid.otherwise()));
        String hint = SpellingSuggestion.hint(word.text(), valid.names());
        report(FindingCode.UNKNOWN_NAME.finding(word.at(), what, message + hint, fix));
    }

    /** By schema where the map gives one; else along the search path; else wherever there is exactly one. */
    Optional<Table> table(TableReference ref) {
        Optional<Table> table = resolved.computeIfAbsent(ref.text(), text -> schema.resolve(ref));
        if (table.isPresent()) {
            return table;
        }
        List<Table> named = schema.candidates(ref);
        if (named.isEmpty()) {
            unknown(
                    new LocatedText(ref.text(), ref.at()),
                    ref.text(),
                    "there is no table " + ref.text() + " in database " + schema.database() + ".",
                    new ValidNames(
                            schema.tables().stream()
                                    .map(t -> refs.text(t.name()))
                                    .filter(t -> !taken.contains(t))
                                    .toList(),
                            "take the entry out, or name a table as the catalogue has it"));
        } else {
            report(FindingCode.UNKNOWN_NAME.finding(
                    ref.at(),
                    ref.text(),
                    "there are several tables " + ref.text() + ": "
                            + named.stream().map(t -> fullName(t.name())).toList() + ".",
                    SuggestedFix.words("write the one that is meant, with its schema: "
                            + named.stream()
                                    .map(t -> YamlFormatter.scalar(refs.text(t.name())))
                                    .collect(Collectors.joining(" or ")))));
        }
        return Optional.empty();
    }

    Optional<Column> column(Table table, LocatedText word) {
        Optional<Column> column = table.column(word.text());
        if (column.isEmpty()) {
            unknown(
                    word,
                    table.name() + "." + word.text(),
                    "there is no column " + word.text() + " in " + table.name() + ".",
                    ValidNames.oneOf(table.columnNames()));
        }
        return column;
    }

    /** All of the columns, or none where one is unknown. */
    Optional<List<Column>> columns(Table table, List<LocatedText> words) {
        List<Column> found = new ArrayList<>();
        words.forEach(w -> column(table, w).ifPresent(found::add));
        return found.size() == words.size() ? Optional.of(found) : Optional.empty();
    }

    private static String fullName(TableName name) {
        return name.schema() + "." + name.name();
    }
}
