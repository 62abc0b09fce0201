package dev.exeunt.internal.sweep;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.RequestTransaction;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the recorded rows whose period is over. Periods are those of the present map, by the calendar of UTC. */
final class KeptEntryQuery {

    private static final String RULES = """
            unnest(:flows::text[], :schemas::text[], :tables::text[], :roles::text[], :periods::text[], :quoted::text[])
                AS r(flow, table_schema, table_name, role, period, quoted)""";

    private static final String END = """
            ((e.kept_at AT TIME ZONE 'UTC' + r.period::interval) AT TIME ZONE 'UTC')""";

    private final RequestTransaction transaction;
    private final List<SweepRule> rules;

    KeptEntryQuery(RequestTransaction transaction, List<SweepRule> rules) {
        this.transaction = transaction;
        this.rules = rules;
    }

    /** Returns the next erasures that have rows whose period is over, in the order of their numbers. */
    List<UUID> erasuresAfter(@Nullable UUID last, int limit) throws SQLException {
        SqlFragment select = SqlTemplate.of("""
                        SELECT DISTINCT e.erasure FROM exeunt.kept AS e JOIN {rules}
                            USING (flow, table_schema, table_name, role)
                        WHERE e.subject_kind = :kind AND {end} <= :now AND NOT {held}
                            AND (:last::uuid IS NULL OR e.erasure > :since::uuid)
                        ORDER BY e.erasure LIMIT :limit""")
                .fragment("rules", rules())
                .fragment("end", END)
                .fragment("held", SweepHolds.onEntry(transaction))
                .bind("kind", transaction.context().kind().text())
                .bind("now", transaction.now())
                .bind("last", last)
                .bind("since", last)
                .bind("limit", limit)
                .toFragment();
        return SqlRunner.list(transaction.connection(), select, row -> row.getObject(1, UUID.class));
    }

    /**
     * Returns the entries of these erasures whose period is over.
     *
     * @param lock whether to lock them; waits for a sweep that has locked any of them
     */
    List<KeptEntry> due(List<UUID> erasures, boolean lock) throws SQLException {
        SqlFragment select = SqlTemplate.of("""
                        SELECT e.* FROM exeunt.kept AS e JOIN {rules} USING (flow, table_schema, table_name, role)
                        WHERE e.subject_kind = :kind AND {end} <= :now AND e.erasure = ANY (:erasures) AND NOT {held}
                        ORDER BY e.id {lock}""")
                .fragment("rules", rules())
                .fragment("held", SweepHolds.onEntry(transaction))
                .fragment("end", END)
                .bind("kind", transaction.context().kind().text())
                .bind("now", transaction.now())
                .bind("erasures", erasures)
                .fragment("lock", lock ? "FOR UPDATE OF e" : "")
                .toFragment();
        return SqlRunner.list(transaction.connection(), select, KeptEntry::read);
    }

    /** Counts recorded rows that no rule of the map deletes, or that no rule recognises since their table or link has other columns. */
    long unruled() throws SQLException {
        SqlFragment select = SqlTemplate.of("""
                        SELECT min(e.id) AS id, (array_agg(e.erasure))[1] AS erasure, e.flow, e.table_schema, e.table_name, e.role,
                            e.key_columns, e.link_columns, count(*) AS recorded
                        FROM exeunt.kept AS e JOIN exeunt.kept_row AS k ON k.kept = e.id
                        WHERE e.subject_kind = :kind
                        GROUP BY e.flow, e.table_schema, e.table_name, e.role, e.key_columns, e.link_columns""")
                .bind("kind", transaction.context().kind().text())
                .toFragment();
        List<Long> unruled = SqlRunner.list(
                transaction.connection(), select, row -> isRuled(KeptEntry.read(row)) ? 0 : row.getLong("recorded"));
        return unruled.stream().mapToLong(Long::longValue).sum();
    }

    private boolean isRuled(KeptEntry entry) {
        return rules.stream().anyMatch(rule -> rule.fits(entry) && rule.recognises(entry));
    }

    /** Counts recorded rows whose period is over and which a legal hold keeps. */
    long held() throws SQLException {
        SqlFragment select = SqlTemplate.of("""
                        SELECT count(*) FROM exeunt.kept AS e JOIN {rules} USING (flow, table_schema, table_name, role)
                            JOIN exeunt.kept_row AS k ON k.kept = e.id
                        WHERE e.subject_kind = :kind AND {end} <= :now AND {held}""")
                .fragment("rules", rules())
                .fragment("end", END)
                .bind("kind", transaction.context().kind().text())
                .bind("now", transaction.now())
                .fragment("held", SweepHolds.onEntry(transaction))
                .toFragment();
        return SqlRunner.count(transaction.connection(), select);
    }

    /** Returns when the next period is over. */
    Optional<Instant> next() throws SQLException {
        SqlFragment select = SqlTemplate.of("""
                        SELECT min({end}) FROM exeunt.kept AS e JOIN {rules} USING (flow, table_schema, table_name, role)
                        WHERE e.subject_kind = :kind AND {after} > :now""")
                .fragment("rules", rules())
                .fragment("end", END)
                .fragment("after", END)
                .bind("kind", transaction.context().kind().text())
                .bind("now", transaction.now())
                .toFragment();
        return SqlRunner.one(
                transaction.connection(),
                select,
                row -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private SqlFragment rules() {
        return SqlTemplate.of(RULES)
                .bind("flows", texts(r -> r.flow().flow().word()))
                .bind("schemas", texts(r -> r.role().table().name().schema()))
                .bind("tables", texts(r -> r.role().table().name().name()))
                .bind("roles", texts(r -> r.role().id().role()))
                .bind("periods", texts(SweepRule::interval))
                .bind("quoted", texts(r -> r.role().table().name().quoted()))
                .toFragment();
    }

    private String[] texts(Function<SweepRule, String> text) {
        return rules.stream().map(text).toArray(String[]::new);
    }
}
