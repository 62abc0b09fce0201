package dev.exeunt.internal.verify;

import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.erase.Residue.UnjudgedPlace;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.verify.ErasureRecord.RecordKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the overwritten columns of rows whose link stays with what the map's rules write. Each row is judged by the role that decides
 * in an erasure: an anonymising rule before a keep's own, and none of the others where the law keeps the row.
 */
final class RuleComparison {

    private static final SqlFragment NEVER = SqlFragment.of("FALSE");

    private final Connection connection;
    private final SubjectRows reach;
    private final ErasureRecord record;
    private final RowAge age;
    private final SeveredLinks severed;

    RuleComparison(Connection connection, SubjectRows reach, ErasureRecord record) {
        this.connection = connection;
        this.reach = reach;
        this.record = record;
        this.age = new RowAge(record);
        this.severed = new SeveredLinks(reach.plan());
    }

    /** Holds the rows that do not bear their rules, and those that could not be judged. */
    record ComparedRules(List<ResiduePlace> left, List<UnjudgedPlace> unjudged) {}

    ComparedRules compare() throws SQLException {
        ComparedRules all = new ComparedRules(new ArrayList<>(), new ArrayList<>());
        for (PlannedTable table : reach.plan().tables()) {
            List<PlannedRole> roles = table.assigning().stream()
                    .filter(r -> !r.mustBeEmptyAfterErasure() && reach.rows(r) > 0)
                    .toList();
            if (!roles.isEmpty()) {
                compare(table, roles, all);
            }
        }
        return all;
    }

    private void compare(PlannedTable table, List<PlannedRole> roles, ComparedRules into) throws SQLException {
        boolean expressions =
                roles.stream().flatMap(r -> r.assignments().stream()).anyMatch(a -> a.rule() instanceof Rule.SqlRule);
        if (!expressions) {
            count(table, roles, true, into);
            return;
        }
        Savepoint before = connection.setSavepoint();
        ComparedRules found = new ComparedRules(new ArrayList<>(), new ArrayList<>());
        try {
            count(table, roles, true, found);
        } catch (SQLException e) {
            if (!ofValue(e)) {
                throw e;
            }
            // an expression may fail over values that it has written itself
            connection.rollback(before);
            count(table, roles, false, found);
        }
        into.left().addAll(found.left());
        into.unjudged().addAll(found.unjudged());
    }

    /** Whether a value led to the error: it cannot be computed with, or a domain or a function refuses it. */
    private static boolean ofValue(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("P0");
    }

    private void count(PlannedTable table, List<PlannedRole> roles, boolean withExpressions, ComparedRules into)
            throws SQLException {
        Map<Column, SqlFragment> columns = columns(table, roles, withExpressions);
        List<SqlFragment> values = new ArrayList<>();
        List<SqlFragment> counts = new ArrayList<>();
        columns.forEach((column, borne) -> {
            String name = "exeunt_" + values.size();
            values.add(SqlTemplate.of("({borne}) AS {name}")
                    .fragment("borne", borne)
                    .identifier("name", name)
                    .toFragment());
            counts.add(SqlTemplate.of("""
                            pg_catalog.count(*) FILTER (WHERE NOT {name} AND NOT exeunt_written),
                            pg_catalog.count(*) FILTER (WHERE NOT {name} AND exeunt_written),
                            pg_catalog.count(*) FILTER (WHERE {name} IS NULL)""").identifier("name", name).toFragment());
        });
        SqlFragment select = SqlTemplate.of("""
                        SELECT {counts}
                        FROM (SELECT {values}, {written} AS exeunt_written FROM {table} WHERE {rows}) AS exeunt_r""")
                .fragments("counts", ", ", counts)
                .fragments("values", ", ", values)
                .fragment("written", written(table))
                .fragment("table", table.name().quoted())
                .fragment("rows", rows(table, roles))
                .toFragment();
        SqlRunner.one(connection, select, row -> {
            int position = 1;
            for (Column column : columns.keySet()) {
                left(table, column, row.getLong(position++)).ifPresent(into.left()::add);
                changed(table, column, row.getLong(position++)).ifPresent(into.unjudged()::add);
                unjudged(table, column, row.getLong(position++)).ifPresent(into.unjudged()::add);
            }
            return true;
        });
    }

    /** Of a key that a new person has, only rows from before are judged. */
    private SqlFragment rows(PlannedTable table, List<PlannedRole> roles) {
        SqlFragment any = SqlFragment.anyOf(roles.stream().map(this::rows).toList());
        return record.kind() == RecordKind.KEY_IN_USE_AGAIN
                ? SqlTemplate.of("({rows}) AND NOT ({written})")
                        .fragment("rows", any)
                        .fragment("written", written(table))
                        .toFragment()
                : any;
    }

    /** Rows that were made later are counted as such. */
    private SqlFragment rows(PlannedRole role) {
        return age.madeSince(role)
                .map(made -> SqlTemplate.of("{rows} AND ({made}) IS NOT TRUE")
                        .fragment("rows", reach.matches(role))
                        .fragment("made", made)
                        .toFragment())
                .orElseGet(() -> reach.matches(role));
    }

    private SqlFragment written(PlannedTable table) {
        return age.writtenSince(table.table()).orElse(NEVER);
    }

    private Map<Column, SqlFragment> columns(PlannedTable table, List<PlannedRole> roles, boolean withExpressions) {
        RuleMatch match = new RuleMatch(reach, record, withExpressions);
        Map<Column, List<SqlFragment>> branches = new LinkedHashMap<>();
        for (PlannedRole role : strongestFirst(roles)) {
            for (ColumnAssignment assignment : role.assignments()) {
                SqlFragment borne = match.of(role, assignment);
                branches.computeIfAbsent(assignment.column(), c -> new ArrayList<>())
                        .add(SqlTemplate.of("WHEN {decides} THEN {borne}")
                                .fragment("decides", decides(table, role, assignment))
                                .fragment(
                                        "borne",
                                        disputed(table, role, assignment) ? RuleMatch.orUnjudged(borne) : borne)
                                .toFragment());
            }
        }
        Map<Column, SqlFragment> columns = new LinkedHashMap<>();
        branches.forEach((column, of) -> columns.put(
                column,
                SqlTemplate.of("CASE {branches} ELSE TRUE END")
                        .fragments("branches", " ", of)
                        .toFragment()));
        return columns;
    }

    private SqlFragment decides(PlannedTable table, PlannedRole role, ColumnAssignment assignment) {
        SqlFragment rows = reach.holdsAnyBut(List.of(role), List.of());
        return role.overwritesRowsKeptByLaw(assignment) || table.keptByLaw().isEmpty()
                ? rows
                : SqlTemplate.of("({rows}) AND ({kept}) IS NOT TRUE")
                        .fragment("rows", rows)
                        .fragment("kept", reach.holdsAnyBut(table.keptByLaw(), List.of()))
                        .toFragment();
    }

    /**
     * Whether another role may have decided whose rows cannot be told any more: one that wrote the column and cut its link or lost what
     * leads to its rows, or one that the law keeps and whose link another cut.
     */
    private boolean disputed(PlannedTable table, PlannedRole role, ColumnAssignment assignment) {
        return !role.overwritesRowsKeptByLaw(assignment)
                        && table.keptByLaw().stream().anyMatch(severed::contains)
                || table.assigning().stream()
                        .filter(r -> r.mustBeEmptyAfterErasure() || outranks(table, r, role) && severed.contains(r))
                        .flatMap(r -> r.assignments().stream())
                        .anyMatch(a -> a.column().equals(assignment.column())
                                && !a.rule().equals(assignment.rule()));
    }

    /** Whether the first role's rule is written where both roles reach a row. */
    private static boolean outranks(PlannedTable table, PlannedRole one, PlannedRole other) {
        List<PlannedRole> ranked = strongestFirst(table.assigning());
        return ranked.indexOf(one) < ranked.indexOf(other);
    }

    private static List<PlannedRole> strongestFirst(List<PlannedRole> roles) {
        return roles.stream()
                .sorted(Comparator.comparing(r -> r.outcome().keepsRows()))
                .toList();
    }

    private static Optional<ResiduePlace> left(PlannedTable table, Column column, long rows) {
        return rows == 0
                ? Optional.empty()
                : Optional.of(new ResiduePlace(table.name().toString(), column.name(), "rule", rows, null));
    }

    private static Optional<UnjudgedPlace> changed(PlannedTable table, Column column, long rows) {
        return unjudged(table, column, rows, "changed since the erasure: it does not bear its rule");
    }

    private static Optional<UnjudgedPlace> unjudged(PlannedTable table, Column column, long rows) {
        return unjudged(
                table, column, rows, "what the rule writes cannot be computed again, or a trigger may have changed it");
    }

    private static Optional<UnjudgedPlace> unjudged(PlannedTable table, Column column, long rows, String why) {
        return rows == 0
                ? Optional.empty()
                : Optional.of(new UnjudgedPlace(table.name().toString(), column.name(), rows, why));
    }
}
