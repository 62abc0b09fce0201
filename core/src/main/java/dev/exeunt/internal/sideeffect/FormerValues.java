package dev.exeunt.internal.sideeffect;

import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.sideeffect.WrittenRows.RowCount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds what the person's rows said in columns that an erasure overwrites or deletes, as far as it tells the person from others: text of
 * six characters and more in identifiers, in columns that a rule overwrites, and in columns whose name reads like something about a
 * person. At most a thousand values a table.
 */
public final class FormerValues {

    static final int SHORTEST = 6;

    private static final int MOST = 1000;

    private static final String SELECT = """
            SELECT DISTINCT exeunt_v.place, exeunt_v.value
            FROM (SELECT {values} FROM {table} WHERE {rows}) AS exeunt_r
            CROSS JOIN LATERAL pg_catalog.unnest(exeunt_r.exeunt_values) WITH ORDINALITY AS exeunt_v(value, place)
            WHERE pg_catalog.length(exeunt_v.value) OPERATOR(pg_catalog.>=) :shortest
            LIMIT :most
            """;

    private static final String SHARED = "SELECT DISTINCT {value} FROM {table} WHERE {held}";

    private static final String PUT_BACK = "SELECT EXISTS (SELECT FROM {table} WHERE ({rows}) AND {own} AND {same})";

    private final List<ColumnValues> values = new ArrayList<>();

    /** Holds the former values of one column. */
    private record ColumnValues(TableName table, Column column, Set<String> values) {}

    /** Reads them before the first step, if a trigger or rule of the plan's tables may write them elsewhere. */
    public static FormerValues read(Connection connection, SubjectRows reach) throws SQLException {
        FormerValues former = new FormerValues();
        if (FiringTriggers.of(reach.plan()).isEmpty()) {
            return former;
        }
        for (PlannedTable table : reach.plan().tables()) {
            List<PlannedRole> writing = table.roles().stream()
                    .filter(r -> r.writes() && !reach.isEmpty(r))
                    .toList();
            List<Column> columns = writing.stream()
                    .flatMap(r -> table.table().columns().stream().filter(c -> tells(reach, r, c)))
                    .distinct()
                    .toList();
            if (!columns.isEmpty()) {
                former.read(connection, table, columns, reach.matchesAny(writing));
            }
        }
        return former;
    }

    private static boolean tells(SubjectRows reach, PlannedRole role, Column column) {
        boolean overwritten =
                role.assignments().stream().anyMatch(a -> a.column().equals(column));
        boolean identifier = role.id().equals(reach.plan().self())
                && reach.plan().subject().identifiers().contains(column);
        boolean network = column.type().baseName().equals("inet");
        return (column.type().isText() || network)
                && (identifier
                        || overwritten
                        || role.deletes() && (ColumnHeuristics.personal(column) || ColumnHeuristics.secret(column)));
    }

    private void read(Connection connection, PlannedTable table, List<Column> columns, SqlFragment rows)
            throws SQLException {
        SqlFragment array = SqlTemplate.of("ARRAY[{columns}] AS exeunt_values")
                .fragment("columns", columns.stream().map(FormerValues::text).collect(SqlFragment.joining(", ")))
                .toFragment();
        SqlFragment select = SqlTemplate.of(SELECT)
                .fragment("values", array)
                .fragment("table", table.name().quoted())
                .fragment("rows", rows)
                .bind("shortest", SHORTEST)
                .bind("most", MOST)
                .toFragment();
        List<ColumnValues> read = columns.stream()
                .map(c -> new ColumnValues(table.name(), c, new LinkedHashSet<>()))
                .toList();
        SqlRunner.forEach(
                connection,
                select,
                0,
                row -> read.get(row.getInt(1) - 1).values().add(row.getString(2)));
        values.addAll(read);
    }

    /**
     * Checks that no row of the person holds again what a rule overwrote, in tables that a trigger wrote to as well.
     *
     * @throws ValuesPutBackException where one does
     */
    void requireOverwritten(
            Connection connection, TransactionRowVersions own, SubjectRows reach, Map<TableName, RowCount> aside)
            throws SQLException {
        for (ColumnValues each : values) {
            RowCount written = aside.get(each.table());
            if (written == null || written.updated() == 0) {
                continue;
            }
            PlannedTable table = reach.plan().tables().stream()
                    .filter(t -> t.name().equals(each.table()))
                    .findFirst()
                    .orElseThrow();
            List<PlannedRole> writing = table.roles().stream()
                    .filter(r -> !rules(List.of(r), each.column()).isEmpty() && !r.mustBeEmptyAfterErasure())
                    .toList();
            Set<String> gone = new LinkedHashSet<>(each.values());
            List<Rule> rules = rules(table.roles(), each.column());
            rules.forEach(r -> gone.removeIf(
                    v -> r instanceof Rule.LiteralRule literal && literal.text().equals(v)));
            boolean judged = !writing.isEmpty() && rules.stream().noneMatch(Rule.SqlRule.class::isInstance);
            if (judged && !gone.isEmpty()) {
                SqlFragment select = SqlTemplate.of(PUT_BACK)
                        .fragment("table", table.name().quoted())
                        .fragment("rows", reach.matchesAnyBut(writing, sparing(table, writing)))
                        .fragment("own", own.wrote(SqlFragment.of(table.name().quoted() + ".xmin")))
                        .fragment("same", held(each.column(), gone))
                        .toFragment();
                if (SqlRunner.isTrue(connection, select)) {
                    throw new ValuesPutBackException(
                            each.table() + "." + each.column().name(), reach.plan());
                }
            }
        }
    }

    /** Roles whose rows the others leave alone. */
    private static List<PlannedRole> sparing(PlannedTable table, List<PlannedRole> writing) {
        return table.keptByLaw().stream().filter(r -> !writing.contains(r)).toList();
    }

    private static List<Rule> rules(List<PlannedRole> roles, Column column) {
        return roles.stream()
                .flatMap(r -> r.assignments().stream())
                .filter(a -> a.column().equals(column))
                .<Rule>map(a -> a.rule())
                .toList();
    }

    private static SqlFragment held(Column column, Set<String> values) {
        return SqlTemplate.of("{column}::pg_catalog.text OPERATOR(pg_catalog.=) ANY (:values::pg_catalog.text[])")
                .identifier("column", column.name())
                .bind("values", values.toArray(String[]::new))
                .toFragment();
    }

    /** Thrown when a trigger wrote back what an erasure had overwritten. */
    public static final class ValuesPutBackException extends NothingErasedException {
        private static final long serialVersionUID = 1L;

        ValuesPutBackException(String column, Plan plan) {
            super(
                    "a trigger or rule put back what the map overwrites in " + column + ". "
                            + FiringTriggers.sentence(plan)
                            + ". Look at what they do; let one heed a setting (settings: { app.no_history: \"on\" }), or change it.");
        }
    }

    private static SqlFragment text(Column column) {
        return SqlTemplate.of("{column}::pg_catalog.text")
                .identifier("column", column.name())
                .toFragment();
    }

    List<String> all() {
        return values.stream().flatMap(v -> v.values().stream()).distinct().toList();
    }

    /** Those that no row holds any more, after the steps: what other people's rows hold as well tells nothing of the person. */
    List<String> unshared(Connection connection) throws SQLException {
        Set<String> unshared = new LinkedHashSet<>(all());
        for (ColumnValues each : values) {
            if (!each.values().isEmpty()) {
                SqlFragment select = SqlTemplate.of(SHARED)
                        .fragment("value", text(each.column()))
                        .fragment("table", each.table().quoted())
                        .fragment("held", held(each.column(), each.values()))
                        .toFragment();
                SqlRunner.forEach(connection, select, 0, row -> unshared.remove(row.getString(1)));
            }
        }
        return List.copyOf(unshared);
    }
}
