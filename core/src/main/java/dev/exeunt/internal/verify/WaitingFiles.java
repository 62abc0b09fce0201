package dev.exeunt.internal.verify;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Tells of files of erased people that are still to be deleted. */
final class WaitingFiles {

    private static final SqlFragment READABLE = SqlFragment.of("""
            SELECT pg_catalog.count(*) FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = 'exeunt' AND c.relname = 'file_deletion'
                AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
            """);

    private static final SqlFragment WAITING = SqlFragment.of("""
            SELECT count(*), count(*) FILTER (WHERE attempts > 0) FROM exeunt.file_deletion""");

    private WaitingFiles() {}

    /** Returns a sentence where files wait, and the role may see that. In the pinned search path. */
    static Optional<String> note(Connection connection) throws SQLException {
        if (SqlRunner.count(connection, READABLE) == 0) {
            return Optional.empty();
        }
        return SqlRunner.one(connection, WAITING, row -> {
            long waiting = row.getLong(1);
            long failed = row.getLong(2);
            return waiting == 0
                    ? Optional.<String>empty()
                    : Optional.of((waiting == 1 ? "1 file" : waiting + " files")
                            + " that erased rows named " + (waiting == 1 ? "is" : "are") + " still to be deleted"
                            + (failed == 0
                                    ? "."
                                    : ", of which " + failed + " could not be deleted yet: look at the stores.")
                            + " The worker deletes them, or exeunt reap.");
        });
    }
}
