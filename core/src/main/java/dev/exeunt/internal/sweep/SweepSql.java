package dev.exeunt.internal.sweep;

import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.retention.KeptRowSql;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.ForeignKey.ReferentialAction;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes the statements that count and delete recorded rows. */
final class SweepSql {

    /** True for a row that another entry keeps, whose period is not over. */
    private static final String KEPT_LONGER = """
            EXISTS (SELECT FROM exeunt.kept_row AS o JOIN exeunt.kept AS e ON e.id OPERATOR(pg_catalog.=) o.kept
                WHERE o.row_key OPERATOR(pg_catalog.=) k.row_key AND e.table_schema OPERATOR(pg_catalog.=) :schema
                    AND e.table_name OPERATOR(pg_catalog.=) :table AND e.id OPERATOR(pg_catalog.<>) ALL (:due::pg_catalog.int8[]))""";

    private final String[] due;
    private final Map<SweepRule, PresentOwners> owners;

    /**
     * @param due the numbers of all entries whose period is over
     * @param owners who owns rows of each link, read before the first row is deleted
     */
    SweepSql(Collection<Long> due, Map<SweepRule, PresentOwners> owners) {
        this.due = texts(due);
        this.owners = Map.copyOf(owners);
    }

    /**
     * Counts by erasure: rows that go, rows with another link, rows of present people, rows that are kept longer, rows to which others
     * refer, rows that are gone.
     *
     * @param references whether to look for rows that refer to them; before rows below them are deleted all would be referred to
     */
    SqlFragment count(SweepRule rule, Collection<Long> entries, boolean references) {
        return SqlTemplate.of("""
                        SELECT f.erasure, pg_catalog.count(*) FILTER (WHERE f.same AND NOT f.owned AND NOT f.longer AND NOT f.referred) AS due,
                            pg_catalog.count(*) FILTER (WHERE NOT f.same) AS passed_on,
                            pg_catalog.count(*) FILTER (WHERE f.same AND f.owned) AS owned,
                            pg_catalog.count(*) FILTER (WHERE f.same AND NOT f.owned AND f.longer) AS longer,
                            pg_catalog.count(*) FILTER (WHERE f.same AND NOT f.owned AND NOT f.longer AND f.referred) AS referred,
                            pg_catalog.count(*) FILTER (WHERE f.same IS NULL) AS gone
                        FROM (SELECT w.erasure, t.hash OPERATOR(pg_catalog.=) k.link_hash AS same, t.referred,
                                {owned} AS owned, {longer} AS longer
                            FROM exeunt.kept_row AS k JOIN exeunt.kept AS w ON w.id OPERATOR(pg_catalog.=) k.kept
                            LEFT JOIN LATERAL (SELECT {hash} AS hash, {referred} AS referred FROM {table} WHERE {sameRow} LIMIT 1) AS t ON TRUE
                            WHERE k.kept OPERATOR(pg_catalog.=) ANY (:entries::pg_catalog.int8[])) AS f
                        GROUP BY f.erasure""")
                .fragment("longer", keptLonger(rule))
                .fragment("owned", owned(rule))
                .fragment("referred", references ? referred(rule) : SqlFragment.of("FALSE"))
                .fragment(
                        "hash", KeptRowSql.hash(rule.role().table(), rule.role().on()))
                .fragment("table", rule.role().table().name().quoted())
                .fragment("sameRow", KeptRowSql.sameRow(rule.role().table()))
                .bind("entries", texts(entries))
                .toFragment();
    }

    /** Deletes the rows of all these links in one statement, since their tables may refer to each other in a circle. */
    SqlFragment delete(Map<SweepRule, List<Long>> entries) {
        List<SqlFragment> deletes = new ArrayList<>();
        entries.forEach((rule, ids) -> deletes.add(SqlTemplate.of("{name} AS ({delete})")
                .identifier("name", "d" + deletes.size())
                .fragment("delete", delete(rule, ids))
                .toFragment()));
        return SqlTemplate.of("WITH {deletes} SELECT 1")
                .fragments("deletes", ", ", deletes)
                .toFragment();
    }

    private SqlFragment delete(SweepRule rule, List<Long> ids) {
        return SqlTemplate.of("""
                        DELETE FROM {table} USING exeunt.kept_row AS k
                        WHERE k.kept OPERATOR(pg_catalog.=) ANY (:entries::pg_catalog.int8[]) AND {sameRow}
                            AND {hash} OPERATOR(pg_catalog.=) k.link_hash AND NOT {owned} AND NOT {longer}
                            AND NOT {referred}""")
                .fragment("table", rule.role().table().name().quoted())
                .bind("entries", texts(ids))
                .fragment("sameRow", KeptRowSql.sameRow(rule.role().table()))
                .fragment(
                        "hash", KeptRowSql.hash(rule.role().table(), rule.role().on()))
                .fragment("owned", owned(rule))
                .fragment("longer", keptLonger(rule))
                .fragment("referred", referred(rule))
                .toFragment();
    }

    /** Forgets the recorded rows of a link, but for rows that a present person owns or to which others refer: they may go later. */
    SqlFragment forget(SweepRule rule, Collection<Long> ids) {
        return SqlTemplate.of("""
                        DELETE FROM exeunt.kept_row AS k WHERE k.kept OPERATOR(pg_catalog.=) ANY (:entries::pg_catalog.int8[])
                            AND NOT EXISTS (SELECT FROM {table} WHERE ({owned} OR {referred} AND NOT {longer}) AND {sameRow}
                                AND {hash} OPERATOR(pg_catalog.=) k.link_hash)""")
                .bind("entries", texts(ids))
                .fragment("owned", owned(rule))
                .fragment("referred", referred(rule))
                .fragment("longer", keptLonger(rule))
                .fragment("table", rule.role().table().name().quoted())
                .fragment("sameRow", KeptRowSql.sameRow(rule.role().table()))
                .fragment(
                        "hash", KeptRowSql.hash(rule.role().table(), rule.role().on()))
                .toFragment();
    }

    /**
     * True for a row to which rows refer that are still there: they stay, so it has to stay. Rows of tables that are deleted in the same
     * statement do not count, nor rows whose reference the database sets to NULL.
     */
    private static SqlFragment referred(SweepRule rule) {
        Table table = rule.role().table();
        List<SqlFragment> references = new ArrayList<>();
        for (PlannedTable child : rule.sweep().tables()) {
            for (ForeignKey key : child.table().foreignKeys()) {
                boolean holds = key.parent().equals(table.name())
                        && key.onDelete() != ReferentialAction.SET_NULL
                        && key.onDelete() != ReferentialAction.SET_DEFAULT;
                if (holds && !inOneStatement(rule, child.name())) {
                    references.add(SqlTemplate.of("EXISTS (SELECT FROM {child} AS c WHERE {same})")
                            .fragment("child", child.name().quoted())
                            .fragment(
                                    "same",
                                    OwnerPaths.same(
                                            columns(child.table(), key.columns()),
                                            "c",
                                            columns(table, key.parentColumns()),
                                            table.name().quoted()))
                            .toFragment());
                }
            }
        }
        return SqlFragment.anyOf(references);
    }

    private static boolean inOneStatement(SweepRule rule, TableName child) {
        TableName table = rule.role().table().name();
        return child.equals(table)
                || rule.sweep().steps().stream()
                        .map(s -> s instanceof PlanStep.DeleteStep delete ? delete.tables() : List.<PlannedTable>of())
                        .map(tables -> tables.stream().map(PlannedTable::name).toList())
                        .anyMatch(names -> names.contains(table) && names.contains(child));
    }

    private static List<Column> columns(Table table, List<String> names) {
        return names.stream().map(table::require).toList();
    }

    private SqlFragment owned(SweepRule rule) {
        return SqlTemplate.of("({owned})")
                .fragment("owned", Objects.requireNonNull(owners.get(rule)).owned())
                .toFragment();
    }

    private SqlFragment keptLonger(SweepRule rule) {
        return SqlTemplate.of(KEPT_LONGER)
                .bind("schema", rule.role().table().name().schema())
                .bind("table", rule.role().table().name().name())
                .bind("due", due)
                .toFragment();
    }

    static String[] texts(Collection<Long> ids) {
        return ids.stream().map(String::valueOf).toArray(String[]::new);
    }
}
