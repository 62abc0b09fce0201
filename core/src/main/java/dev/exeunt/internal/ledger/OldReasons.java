package dev.exeunt.internal.ledger;

import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Removes the reasons of staff from old events of the audit log. Everything else of an event stays. */
public final class OldReasons {

    /** Three years: as long as claims about an erasure are usually made. */
    public static final Duration RETENTION = Duration.ofDays(3 * 365);

    private static final String REMOVE = """
            UPDATE exeunt.event SET reason = NULL WHERE reason IS NOT NULL AND at <= :past AND subject_kind = :kind
            """;

    private OldReasons() {}

    public static void remove(Connection connection, SubjectKind kind, Instant now) throws SQLException {
        SqlRunner.update(
                connection,
                SqlTemplate.of(REMOVE)
                        .bind("past", now.minus(RETENTION))
                        .bind("kind", kind.text())
                        .toFragment());
    }
}
