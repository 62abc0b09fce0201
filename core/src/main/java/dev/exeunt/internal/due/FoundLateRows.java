package dev.exeunt.internal.due;

import dev.exeunt.ExeuntException;
import dev.exeunt.erase.Residue.LateRows;
import dev.exeunt.internal.late.FoundRows;
import dev.exeunt.internal.late.LateRowWatchTable;
import dev.exeunt.internal.late.WatchedPerson;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.FailureText;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.request.Actor;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Shows staff the late rows that were found, and lets them erase or dismiss those of one person. */
public final class FoundLateRows {

    /** Much longer than an erasure takes. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final String FOUND = """
            SELECT request, erased_at, found_at, found, same_key, failure FROM exeunt.late_row_watch
            WHERE subject_kind = :kind AND found_at IS NOT NULL ORDER BY found_at DESC, request LIMIT 1000
            """;

    private static final String COUNT = """
            SELECT pg_catalog.count(*) FROM exeunt.late_row_watch WHERE subject_kind = :kind AND found_at IS NOT NULL
            """;

    private final LifecycleContext context;

    public FoundLateRows(LifecycleContext context) {
        this.context = context;
    }

    /** Counts the people of whom rows were found and are still there. */
    public long count() {
        return RequestTransaction.runReadOnly(
                context,
                "counting late rows",
                transaction -> SqlRunner.count(
                        transaction.connection(),
                        SqlTemplate.of(COUNT)
                                .bind("kind", context.kind().text())
                                .toFragment()));
    }

    /** Returns the people of whom rows were found and are still there, the latest first; at most 1,000. */
    public List<LateRows> list() {
        return RequestTransaction.runReadOnly(
                context,
                "listing late rows",
                transaction -> SqlRunner.list(
                        transaction.connection(),
                        SqlTemplate.of(FOUND)
                                .bind("kind", context.kind().text())
                                .toFragment(),
                        row -> new LateRows(
                                row.getObject("request", UUID.class),
                                row.getObject("erased_at", OffsetDateTime.class).toInstant(),
                                row.getObject("found_at", OffsetDateTime.class).toInstant(),
                                FoundRows.read(row.getString("found")).places(),
                                row.getBoolean("same_key"),
                                row.getString("failure"))));
    }

    /** Erases the rows that were found of one person. */
    public void erase(UUID request, Actor staff, String reason) {
        requireStaff(staff, reason);
        WatchedPerson person = RequestTransaction.runAndCommit(
                        context,
                        "looking whose late rows to erase",
                        transaction -> table(transaction).claimFound(request, LEASE))
                .orElseThrow(FoundLateRows::notListed);
        try {
            RequestTransaction.runAndCommit(context, "erasing late rows", transaction -> {
                LateRowErasure.erase(transaction, person);
                transaction.recordEvent(AuditEventType.LATE_ROWS_ERASED, request, staff, reason);
                return true;
            });
        } catch (RuntimeException e) {
            RequestTransaction.runAndCommit(context, "giving late rows back", transaction -> {
                table(transaction).release(person, FailureText.of(e));
                return true;
            });
            throw e;
        }
    }

    /** Ends the watch for one person. */
    public void dismiss(UUID request, Actor staff, String reason) {
        requireStaff(staff, reason);
        RequestTransaction.runAndCommit(context, "ending the watch for late rows", transaction -> {
            if (!table(transaction).dismiss(request)) {
                throw notListed();
            }
            transaction.recordEvent(AuditEventType.LATE_ROWS_DISMISSED, request, staff, reason);
            return true;
        });
    }

    private static void requireStaff(Actor staff, String reason) {
        if (!staff.isStaff()) {
            throw new ExeuntException("Nothing was changed: only staff see to late rows.");
        }
        staff.requireReason(reason);
    }

    private static ExeuntException notListed() {
        return new ExeuntException("Nothing was changed: no late rows are listed for this request, or a worker looks at"
                + " them at this moment. exeunt late-rows lists them.");
    }

    private LateRowWatchTable table(RequestTransaction transaction) {
        return new LateRowWatchTable(transaction, context.requireKey());
    }
}
