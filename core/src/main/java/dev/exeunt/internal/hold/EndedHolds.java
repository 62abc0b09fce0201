package dev.exeunt.internal.hold;

import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.request.SubjectCondition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Forgets what holds say about people: a year after the hold has ended, and when the account is erased. */
public final class EndedHolds {

    /** How long an ended hold is kept with its reason, unless the account is erased before. */
    static final Duration RETENTION = Duration.ofDays(365);

    private static final String DELETE = """
            DELETE FROM exeunt.legal_hold AS h
            WHERE h.subject_kind = :kind AND (h.released_at <= :past OR h.ends_at <= :past)
            """;

    private static final String DELETE_OF_ERASED =
            "DELETE FROM exeunt.legal_hold AS h WHERE {people} AND NOT ({active})";

    private static final String FORGET =
            "UPDATE exeunt.legal_hold SET subject = NULL, reason = NULL, erasure = :erasure WHERE {people}";

    private EndedHolds() {}

    /** Deletes holds that ended more than a year ago. */
    public static void delete(RequestTransaction transaction) throws SQLException {
        SqlRunner.update(
                transaction.connection(),
                SqlTemplate.of(DELETE)
                        .bind("kind", transaction.context().kind().text())
                        .bind("past", transaction.now().minus(RETENTION))
                        .toFragment());
    }

    /**
     * Forgets the key and the reason in holds of people whose accounts are erased. An active hold, on tables whose rows the erasure kept,
     * goes on for these rows.
     *
     * @param erasure the number of the receipt
     */
    public static void forget(
            Connection connection, SubjectKind kind, List<SubjectKey> people, UUID erasure, Instant now)
            throws SQLException {
        SqlFragment of = SubjectCondition.isOneOf(kind, people);
        SqlRunner.update(
                connection,
                SqlTemplate.of(DELETE_OF_ERASED)
                        .fragment("people", of)
                        .fragment("active", HoldCondition.active(now))
                        .toFragment());
        SqlRunner.update(
                connection,
                SqlTemplate.of(FORGET)
                        .bind("erasure", erasure)
                        .fragment("people", of)
                        .toFragment());
    }
}
