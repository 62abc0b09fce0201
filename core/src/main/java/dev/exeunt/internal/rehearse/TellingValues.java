package dev.exeunt.internal.rehearse;

import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.scan.SearchTerm;
import dev.exeunt.internal.scan.TermKind;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.TableSample;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads what tells one person from others: identifiers, and values of six characters and more that the map overwrites or deletes and
 * that at most two people hold in the same column.
 */
final class TellingValues {

    private static final int SHORTEST = 6;

    /** Shorter text of a column that says nothing about people by its name is a word of the application as a rule. */
    private static final int SENTENCE = 20;

    private static final int MOST = 500;

    /** Rows of a large table among which other holders of a value are looked for. */
    private static final int SAMPLE = 100_000;

    /** A status, a kind, a role: a word of the application, not of a person. */
    private static final Pattern APPLICATION_WORD = Pattern.compile("[\\p{Ll}_.:/-]+");

    private static final String VALUES = """
            SELECT DISTINCT exeunt_v.place, exeunt_v.value
            FROM (SELECT ARRAY[{values}] AS exeunt_values FROM {table} WHERE {rows}) AS exeunt_r
            CROSS JOIN LATERAL pg_catalog.unnest(exeunt_r.exeunt_values) WITH ORDINALITY AS exeunt_v(value, place)
            WHERE pg_catalog.length(exeunt_v.value) OPERATOR(pg_catalog.>=) :shortest
            LIMIT :most
            """;

    private static final String SHARED = """
            SELECT exeunt_v.place, exeunt_v.value
            FROM (SELECT ARRAY[{values}] AS exeunt_values, COALESCE({holder}) AS exeunt_holder FROM {table} {sampled}
                  WHERE ({rows}) IS NOT TRUE) AS exeunt_r
            CROSS JOIN LATERAL pg_catalog.unnest(exeunt_r.exeunt_values) WITH ORDINALITY AS exeunt_v(value, place)
            WHERE exeunt_v.value OPERATOR(pg_catalog.=) ANY (:held::pg_catalog.text[])
            GROUP BY 1, 2 HAVING pg_catalog.count(DISTINCT exeunt_r.exeunt_holder) OPERATOR(pg_catalog.>) 1
            """;

    private static final String OTHERS = """
            SELECT DISTINCT pg_catalog.lower({identifier}::pg_catalog.text) FROM {people}
            WHERE pg_catalog.lower({identifier}::pg_catalog.text) OPERATOR(pg_catalog.=) ANY (:values::pg_catalog.text[])
            """;

    private final Connection connection;
    private final SubjectRows reach;
    private final List<SearchTerm> terms = new ArrayList<>();
    private final Map<Origin, List<SearchTerm>> origins = new HashMap<>();

    private TellingValues(Connection connection, SubjectRows reach) {
        this.connection = connection;
        this.reach = reach;
    }

    /** @param reach the rows of one person, before the erasure */
    static TellingValues read(Connection connection, SubjectRows reach) throws SQLException {
        TellingValues values = new TellingValues(connection, reach);
        for (PlannedTable table : reach.plan().tables()) {
            List<PlannedRole> roles =
                    table.roles().stream().filter(r -> !reach.isEmpty(r)).toList();
            List<Column> columns = table.table().columns().stream()
                    .filter(c -> roles.stream().anyMatch(r -> values.tells(table, r, c)))
                    .toList();
            if (!columns.isEmpty()) {
                values.read(table, columns, roles);
            }
        }
        values.removeWhatNamesPeople();
        return values;
    }

    /**
     * A row of the person may name another one, as an invitation does: that says nothing about this person elsewhere. The person's own
     * key and identifiers are looked for as such.
     */
    private void removeWhatNamesPeople() throws SQLException {
        PlannedSubject subject = reach.plan().subject();
        String[] values = terms.stream()
                .filter(t -> t.kind() == TermKind.VALUE)
                .map(t -> t.text().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        List<Column> names = new ArrayList<>(subject.identifiers());
        subject.key().stream().filter(TellingValues::isToldFromValues).forEach(names::add);
        Set<String> people = new HashSet<>();
        for (Column identifier : names) {
            SqlFragment select = SqlTemplate.of(OTHERS)
                    .identifier("identifier", identifier.name())
                    .fragment("people", subject.table().name().quoted())
                    .bind("values", values)
                    .toFragment();
            SqlRunner.forEach(connection, select, 0, row -> people.add(row.getString(1)));
        }
        terms.removeIf(
                t -> t.kind() == TermKind.VALUE && people.contains(t.text().toLowerCase(Locale.ROOT)));
    }

    /** A number may equal a key by accident. */
    private static boolean isToldFromValues(Column key) {
        return key.type().isText() || key.type().baseName().equals("uuid");
    }

    List<SearchTerm> terms() {
        return terms;
    }

    /** Names a column that terms of a kind were read from. */
    private record Origin(TableName table, String column, TermKind kind) {}

    /** The terms of the kind that were read from the column: rows of others may say the same of themselves there. */
    List<SearchTerm> of(TableName table, Column column, TermKind kind) {
        return origins.getOrDefault(new Origin(table, column.name(), kind), List.of());
    }

    private boolean tells(PlannedTable table, PlannedRole role, Column column) {
        boolean text = column.type().isText() || column.type().baseName().equals("inet");
        return text
                && (identifier(role, column)
                        || !refersToMappedRow(table, column) && (overwritten(role, column) || role.deletes()));
    }

    /** A key of another row: where that row is the person's as well, its own columns tell; where it is another's, nothing does. */
    private boolean refersToMappedRow(PlannedTable table, Column column) {
        return table.table().foreignKeys().stream()
                .filter(k -> k.columns().contains(column.name()))
                .anyMatch(k ->
                        reach.plan().tables().stream().anyMatch(t -> t.name().equals(k.parent())));
    }

    private boolean identifier(PlannedRole role, Column column) {
        return role.id().equals(reach.plan().self())
                && reach.plan().subject().identifiers().contains(column);
    }

    private static boolean overwritten(PlannedRole role, Column column) {
        return !role.on().contains(column)
                && role.assignments().stream().anyMatch(a -> a.column().equals(column));
    }

    private void read(PlannedTable table, List<Column> columns, List<PlannedRole> roles) throws SQLException {
        Map<Column, Set<String>> read = new LinkedHashMap<>();
        columns.forEach(c -> read.put(c, new TreeSet<>()));
        SqlFragment select = SqlTemplate.of(VALUES)
                .fragment("values", texts(columns))
                .fragment("table", table.name().quoted())
                .fragment("rows", reach.matchesAny(roles))
                .bind("shortest", SHORTEST)
                .bind("most", MOST)
                .toFragment();
        SqlRunner.forEach(connection, select, 0, row -> {
            Column column = columns.get(row.getInt(1) - 1);
            String value = row.getString(2);
            if (roles.stream().anyMatch(r -> isTelling(r, column, value))) {
                Objects.requireNonNull(read.get(column)).add(value);
            }
        });
        removeShared(table, roles, read);
        read.forEach((column, values) -> {
            TermKind kind = roles.stream().anyMatch(r -> identifier(r, column)) ? TermKind.IDENTIFIER : TermKind.VALUE;
            List<SearchTerm> found =
                    values.stream().map(v -> new SearchTerm(v, kind)).toList();
            terms.addAll(found);
            origins.put(new Origin(table.name(), column.name(), kind), found);
        });
    }

    private boolean isTelling(PlannedRole role, Column column, String value) {
        if (identifier(role, column)) {
            return true;
        }
        if (overwritten(role, column) || role.deletes() && ColumnHeuristics.personal(column)) {
            return !APPLICATION_WORD.matcher(value).matches();
        }
        return role.deletes() && value.length() >= SENTENCE;
    }

    /**
     * Removes values that more than one other person holds, because they identify no person. A large table is sampled.
     */
    private void removeShared(PlannedTable table, List<PlannedRole> roles, Map<Column, Set<String>> read)
            throws SQLException {
        List<Column> columns = List.copyOf(read.keySet());
        String[] held = read.values().stream().flatMap(Set::stream).distinct().toArray(String[]::new);
        if (held.length == 0) {
            return;
        }
        SqlFragment select = SqlTemplate.of(SHARED)
                .fragment("values", texts(columns))
                .fragment("holder", holder(table))
                .fragment("table", table.name().quoted())
                .fragment("sampled", TableSample.clause(table.table(), SAMPLE))
                .fragment("rows", reach.matchesAny(roles))
                .bind("held", held)
                .toFragment();
        SqlRunner.forEach(
                connection,
                select,
                0,
                row -> Objects.requireNonNull(read.get(columns.get(row.getInt(1) - 1)))
                        .remove(row.getString(2)));
    }

    /** What tells whose a row is: the first of its links that leads anywhere, and those by the person's own key before the others. */
    private static SqlFragment holder(PlannedTable table) {
        return table.roles().stream()
                .sorted(Comparator.comparing(r -> !(r.source() instanceof KeySource.SubjectKeyValues)))
                .map(PlannedRole::on)
                .map(columns -> SqlTemplate.of("CASE WHEN ({columns}) IS NOT NULL THEN ARRAY[{texts}] END")
                        .identifiers(
                                "columns", columns.stream().map(Column::name).toList())
                        .fragment("texts", texts(columns))
                        .toFragment())
                .collect(SqlFragment.joining(", "));
    }

    private static SqlFragment texts(List<Column> columns) {
        return columns.stream()
                .map(c -> SqlTemplate.of("{column}::pg_catalog.text")
                        .identifier("column", c.name())
                        .toFragment())
                .collect(SqlFragment.joining(", "));
    }
}
