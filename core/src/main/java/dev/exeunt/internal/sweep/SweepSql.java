package dev.exeunt.internal.sweep;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.retention.KeptRowSql;
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

    /** Counts by erasure: rows that go, rows with another link, rows of present people, rows that are kept longer, rows that are gone. */
    SqlFragment count(SweepRule rule, Collection<Long> entries) {
        return SqlTemplate.of("""
                        SELECT f.erasure, pg_catalog.count(*) FILTER (WHERE f.same AND NOT f.owned AND NOT f.longer) AS due,
                            pg_catalog.count(*) FILTER (WHERE NOT f.same) AS passed_on,
                            pg_catalog.count(*) FILTER (WHERE f.same AND f.owned) AS owned,
                            pg_catalog.count(*) FILTER (WHERE f.same AND NOT f.owned AND f.longer) AS longer,
                            pg_catalog.count(*) FILTER (WHERE f.same IS NULL) AS gone
                        FROM (SELECT w.erasure, t.hash OPERATOR(pg_catalog.=) k.link_hash AS same,
                                {owned} AS owned, {longer} AS longer
                            FROM exeunt.kept_row AS k JOIN exeunt.kept AS w ON w.id OPERATOR(pg_catalog.=) k.kept
                            LEFT JOIN LATERAL (SELECT {hash} AS hash FROM {table} WHERE {sameRow} LIMIT 1) AS t ON TRUE
                            WHERE k.kept OPERATOR(pg_catalog.=) ANY (:entries::pg_catalog.int8[])) AS f
                        GROUP BY f.erasure""")
                .fragment("longer", keptLonger(rule))
                .fragment("owned", owned(rule))
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
                            AND {hash} OPERATOR(pg_catalog.=) k.link_hash AND NOT {owned} AND NOT {longer}""")
                .fragment("table", rule.role().table().name().quoted())
                .bind("entries", texts(ids))
                .fragment("sameRow", KeptRowSql.sameRow(rule.role().table()))
                .fragment(
                        "hash", KeptRowSql.hash(rule.role().table(), rule.role().on()))
                .fragment("owned", owned(rule))
                .fragment("longer", keptLonger(rule))
                .toFragment();
    }

    /** Forgets the recorded rows of a link, but for rows that a present person owns: they may go when that person has left. */
    SqlFragment forget(SweepRule rule, Collection<Long> ids) {
        return SqlTemplate.of("""
                        DELETE FROM exeunt.kept_row AS k WHERE k.kept OPERATOR(pg_catalog.=) ANY (:entries::pg_catalog.int8[])
                            AND NOT ({owned} AND EXISTS (SELECT FROM {table}
                                WHERE {sameRow} AND {hash} OPERATOR(pg_catalog.=) k.link_hash))""")
                .bind("entries", texts(ids))
                .fragment("owned", owned(rule))
                .fragment("table", rule.role().table().name().quoted())
                .fragment("sameRow", KeptRowSql.sameRow(rule.role().table()))
                .fragment(
                        "hash", KeptRowSql.hash(rule.role().table(), rule.role().on()))
                .toFragment();
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
