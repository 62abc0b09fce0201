package dev.exeunt.internal.verify;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Tells of messages to people that are still to be sent. Exeunt's own table holds their addresses until then, also after the erasure that
 * the last of them tells of.
 */
final class WaitingMessages {

    private static final SqlFragment READABLE = SqlFragment.of("""
            SELECT pg_catalog.count(*) FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = 'exeunt' AND c.relname = 'message'
                AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
            """);

    private static final SqlFragment WAITING =
            SqlFragment.of("SELECT pg_catalog.count(*) FROM exeunt.message WHERE state = 'waiting'");

    private WaitingMessages() {}

    /** Returns a sentence where messages wait, and the role may see that. In the pinned search path. */
    static Optional<String> note(Connection connection) throws SQLException {
        if (SqlRunner.count(connection, READABLE) == 0) {
            return Optional.empty();
        }
        long waiting = SqlRunner.count(connection, WAITING);
        return waiting == 0
                ? Optional.empty()
                : Optional.of("exeunt.message holds the addresses of " + waiting
                        + (waiting == 1 ? " message" : " messages") + " until the mail server has taken them.");
    }
}
