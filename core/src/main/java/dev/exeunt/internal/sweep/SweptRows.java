package dev.exeunt.internal.sweep;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.enforce.OwnWrites;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.schema.catalog.CatalogComparison;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Deletes the rows of some erasures whose period is over, in one transaction. */
final class SweptRows {

    private final RequestTransaction transaction;
    private final Connection connection;
    private final Map<SweepRule, List<Long>> entries;
    private final List<Long> due;
    private SweepSql sql;
    private final Map<SweepRule, Map<UUID, SweepCounts>> counts = new LinkedHashMap<>();

    private SweptRows(RequestTransaction transaction, List<SweepRule> rules, List<KeptEntry> due) {
        this.transaction = transaction;
        this.connection = transaction.connection();
        this.entries = byRule(rules, due);
        this.due = due.stream().map(KeptEntry::id).toList();
        this.sql = new SweepSql(this.due, Map.of());
    }

    /** Counts and deletes nothing. */
    static Map<SweepRule, Map<UUID, SweepCounts>> count(
            RequestTransaction transaction, List<SweepRule> rules, List<KeptEntry> due) throws SQLException {
        SweptRows rows = new SweptRows(transaction, rules, due);
        return SearchPath.ofRole(rows.connection, c -> {
            rows.readOwners(rows.entries.keySet());
            for (SweepRule rule : rows.entries.keySet()) {
                rows.counts.put(rule, rows.counted(rule, false));
            }
            return rows.counts;
        });
    }

    /**
     * Deletes the rows and forgets the entries.
     *
     * @param due locked entries
     * @return the counts by link and erasure
     * @throws KeptBackException where a trigger or rule keeps rows
     */
    static Map<SweepRule, Map<UUID, SweepCounts>> delete(
            RequestTransaction transaction, List<SweepRule> rules, List<KeptEntry> due) throws SQLException {
        SweptRows rows = new SweptRows(transaction, rules, due);
        for (Plan plan : rules.stream().map(SweepRule::sweep).distinct().toList()) {
            List<SweepRule> of = rows.entries.keySet().stream()
                    .filter(r -> r.sweep().equals(plan))
                    .toList();
            if (!of.isEmpty()) {
                rows.lockTables(of);
                CatalogComparison.requireUnchanged(rows.connection, plan.catalogue(), "deleted");
                OwnWrites.allow(
                        rows.connection, own -> SearchPath.ofRole(rows.connection, c -> rows.deleteBy(plan, of)));
            }
        }
        rows.removeEmptyEntries();
        return rows.counts;
    }

    private static Map<SweepRule, List<Long>> byRule(List<SweepRule> rules, List<KeptEntry> due) {
        Map<SweepRule, List<Long>> entries = new LinkedHashMap<>();
        for (SweepRule rule : rules) {
            List<Long> of = due.stream()
                    .filter(e -> rule.fits(e) && rule.recognises(e))
                    .map(KeptEntry::id)
                    .toList();
            if (!of.isEmpty()) {
                entries.put(rule, of);
            }
        }
        return entries;
    }

    private void readOwners(Collection<SweepRule> rules) throws SQLException {
        Map<SweepRule, PresentOwners> owners = new LinkedHashMap<>();
        for (SweepRule rule : rules) {
            owners.put(rule, PresentOwners.of(transaction, rule, entriesOf(rule)));
        }
        sql = new SweepSql(due, owners);
    }

    private boolean deleteBy(Plan plan, List<SweepRule> rules) throws SQLException {
        readOwners(rules);
        for (PlanStep step : plan.steps()) {
            List<PlannedTable> tables = step instanceof PlanStep.DeleteStep delete ? delete.tables() : List.of();
            Map<SweepRule, List<Long>> of = new LinkedHashMap<>();
            rules.stream()
                    .filter(r -> tables.stream()
                            .anyMatch(t -> t.name().equals(r.role().table().name())))
                    .forEach(r -> of.put(r, entriesOf(r)));
            for (SweepRule rule : of.keySet()) {
                counts.put(rule, counted(rule, true));
            }
            if (!of.isEmpty()) {
                SqlRunner.call(connection, sql.delete(of));
            }
        }
        SqlRunner.execute(connection, SqlFragment.of("SET CONSTRAINTS ALL IMMEDIATE"));
        requireGone(rules);
        for (SweepRule rule : rules) {
            SqlRunner.update(connection, sql.forget(rule, entriesOf(rule)));
        }
        return true;
    }

    private List<Long> entriesOf(SweepRule rule) {
        return entries.getOrDefault(rule, List.of());
    }

    private Map<UUID, SweepCounts> counted(SweepRule rule, boolean references) throws SQLException {
        Map<UUID, SweepCounts> byErasure = new LinkedHashMap<>();
        SqlRunner.forEach(
                connection,
                sql.count(rule, entriesOf(rule), references),
                0,
                row -> byErasure.put(row.getObject("erasure", UUID.class), SweepCounts.read(row)));
        return byErasure;
    }

    private void requireGone(List<SweepRule> rules) throws SQLException {
        List<String> left = new ArrayList<>();
        for (SweepRule rule : rules) {
            if (counted(rule, true).values().stream().anyMatch(c -> c.due() > 0)) {
                left.add(rule.role().table().name().toString());
            }
        }
        if (!left.isEmpty()) {
            throw new KeptBackException(left);
        }
    }

    /** Against changes of structure only. Sorted, so that two who lock the same tables never wait for each other in a circle. */
    private void lockTables(List<SweepRule> rules) throws SQLException {
        List<SqlFragment> tables = rules.stream()
                .map(r -> r.role().table().name())
                .distinct()
                .sorted()
                .map(t -> SqlFragment.of(t.quoted()))
                .toList();
        SqlRunner.execute(
                connection,
                SqlTemplate.of("LOCK TABLE {tables} IN ROW EXCLUSIVE MODE")
                        .fragments("tables", ", ", tables)
                        .toFragment());
    }

    private void removeEmptyEntries() throws SQLException {
        List<Long> ids = entries.values().stream().flatMap(List::stream).toList();
        SqlRunner.update(
                transaction.connection(),
                SqlTemplate.of("""
                                DELETE FROM exeunt.kept AS e WHERE e.id = ANY (:ids::pg_catalog.int8[])
                                    AND NOT EXISTS (SELECT FROM exeunt.kept_row AS k WHERE k.kept = e.id)""").bind("ids", SweepSql.texts(ids)).toFragment());
    }

    /** Thrown when rows are still there after they were deleted. The caller rolls back. */
    static final class KeptBackException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        KeptBackException(List<String> tables) {
            super("Kept rows of " + String.join(", ", tables)
                    + " were not deleted: a trigger or rule keeps them. Change it, or leave out then: delete.");
        }
    }
}
