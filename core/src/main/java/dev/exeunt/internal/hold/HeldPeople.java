package dev.exeunt.internal.hold;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.SubjectCondition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Tells whether a hold keeps an erasure from being done. Ask while the people's rows are locked: a hold is placed under the same lock, so
 * that no hold comes between the answer and the erasure.
 */
public final class HeldPeople {

    private static final String FIND = """
            SELECT FROM (SELECT s.subject, s.subject_kind, CAST(:flow AS pg_catalog.text) AS kind
                FROM (SELECT DISTINCT subject, subject_kind FROM exeunt.legal_hold WHERE {people}) AS s) AS p
            WHERE {held} LIMIT 1
            """;

    private static final SqlFragment READABLE = SqlFragment.of("""
            SELECT coalesce(bool_and(has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')), false)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'exeunt' AND c.relname = 'legal_hold'
            """);

    private HeldPeople() {}

    /** Whether there are holds at all, and the role may read them. An erasure without requests needs no tables of ours. */
    public static boolean isReadable(Connection connection) throws SQLException {
        return SqlRunner.isTrue(connection, READABLE);
    }

    /** Whether a hold keeps any of these people from being erased so. */
    public static boolean any(Connection connection, Plan erasure, List<SubjectKey> people, Instant now)
            throws SQLException {
        return any(connection, erasure, people, now, SqlFragment.of("TRUE"));
    }

    /** Whether a hold that the person may know of keeps the person from being erased so. */
    public static boolean isTold(Connection connection, Plan erasure, SubjectKey person, Instant now)
            throws SQLException {
        return any(connection, erasure, List.of(person), now, SqlFragment.of("h.told"));
    }

    private static boolean any(
            Connection connection, Plan erasure, List<SubjectKey> people, Instant now, SqlFragment which)
            throws SQLException {
        if (people.isEmpty()) {
            return false;
        }
        SqlFragment select = SqlTemplate.of(FIND)
                .bind("flow", erasure.map().flow().word())
                .fragment("people", SubjectCondition.isOneOf(erasure.subject().kind(), people))
                .fragment("held", HoldCondition.holds(List.of(erasure), now, "p", which))
                .toFragment();
        return SqlRunner.exists(connection, select);
    }

    /** @throws ExeuntException where a hold keeps one of these people from being erased so */
    public static void requireNone(Connection connection, Plan erasure, List<SubjectKey> people, Instant now)
            throws SQLException {
        if (any(connection, erasure, people, now)) {
            throw new ExeuntException("Nothing was erased: a legal hold is on "
                    + (people.size() == 1 ? "the person" : "one of these people")
                    + ". Staff list the holds (exeunt holds) and release them (exeunt release HOLD).");
        }
    }
}
