package dev.exeunt.internal.hold;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.ledger.chain.LedgerEntry.HoldFacts;
import dev.exeunt.internal.ledger.chain.LedgerEntryType;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Carries out the calls of {@link LegalHolds}, each in one transaction. */
public final class LegalHoldService implements LegalHolds {

    private final LifecycleContext context;

    public LegalHoldService(LifecycleContext context) {
        this.context = context;
    }

    @Override
    public LegalHold place(NewLegalHold hold, Actor staff) {
        requireStaff(staff, hold.reason());
        return RequestTransaction.runAndCommit(context, "placing a legal hold", transaction -> {
            HoldLock.take(transaction.connection());
            LegalHoldTable table = new LegalHoldTable(transaction);
            SubjectKey subject = hold.key() == null ? null : requireNotBegun(transaction, hold.key());
            if (hold.receipt() != null && !table.areRowsKept(hold.receipt())) {
                throw RequestRefusedException.of(
                        RequestRefusalReason.UNFIT_HOLD,
                        "Nothing was changed: no row that an erasure kept for a period is recorded under this number of a receipt.");
            }
            if (hold.until() != null && !hold.until().isAfter(transaction.now())) {
                throw RequestRefusedException.of(
                        RequestRefusalReason.UNFIT_HOLD,
                        "Nothing was changed: the end of a legal hold must be in the future, and it is "
                                + transaction.now() + " now.");
            }
            LegalHold placed = table.insert(hold, subject, staff);
            record(transaction, AuditEventType.LEGAL_HOLD_PLACED, placed, staff);
            if (subject != null) {
                transaction
                        .ledger()
                        .addHold(
                                LedgerEntryType.HELD,
                                transaction.now(),
                                placed.id(),
                                subject.parts(),
                                new HoldFacts(hold.until(), hold.told(), placed.tables()));
            }
            return placed;
        });
    }

    /** Locks the person. The erasure looks for holds under the same lock. */
    private SubjectKey requireNotBegun(RequestTransaction transaction, String key) throws SQLException {
        SubjectKey subject = new SubjectFinder(transaction.connection(), context.subject())
                .find(List.of(key))
                .get(0);
        if (!transaction.lockUnlessErased(subject)) {
            throw RequestRefusedException.of(
                    RequestRefusalReason.TOO_LATE, "It is too late: the account has been erased. Nothing was changed.");
        }
        boolean erasing =
                transaction.requests().findOpen(subject).stream().anyMatch(r -> r.state() == Request.State.ERASING);
        if (erasing) {
            throw RequestRefusedException.of(
                    RequestRefusalReason.TOO_LATE,
                    "It is too late: the erasure has begun. Nothing was changed. If it fails, place the hold then: exeunt status"
                            + " KEY.");
        }
        return subject;
    }

    @Override
    public LegalHold release(UUID hold, Actor staff, String reason) {
        requireStaff(staff, reason);
        return RequestTransaction.runAndCommit(context, "releasing a legal hold", transaction -> {
            LegalHold released = new LegalHoldTable(transaction)
                    .release(hold, staff, reason)
                    .orElseThrow(() -> RequestRefusedException.of(
                            RequestRefusalReason.NOTHING_OPEN,
                            "Nothing was changed: no active legal hold has this number."));
            record(transaction, AuditEventType.LEGAL_HOLD_RELEASED, released, staff);
            if (released.subject() != null) {
                SubjectKey subject =
                        new SubjectFinder(transaction.connection(), context.subject()).resolveKey(released.subject());
                transaction.ledger().addHold(LedgerEntryType.RELEASED, transaction.now(), hold, subject.parts(), null);
            }
            return released;
        });
    }

    /**
     * Places a hold again that a restored database lost, with its number. Its reason is lost.
     *
     * @param at when it was placed
     */
    public void restore(UUID hold, SubjectKey person, Instant at, HoldFacts facts) {
        RequestTransaction.runAndCommit(context, "placing a legal hold again", transaction -> {
            HoldLock.take(transaction.connection());
            new LegalHoldTable(transaction).restore(hold, person, at, facts);
            return true;
        });
    }

    /** Says whether there is such a hold, and it has not ended. */
    public static boolean isActive(RequestTransaction transaction, UUID hold) throws SQLException {
        return new LegalHoldTable(transaction).isThere(hold, true);
    }

    /** Says whether there is such a hold, also one that has ended. */
    public static boolean isKnown(RequestTransaction transaction, UUID hold) throws SQLException {
        return new LegalHoldTable(transaction).isThere(hold, false);
    }

    @Override
    public List<LegalHold> list(@Nullable String key, boolean ended) {
        return RequestTransaction.runReadOnly(context, "listing legal holds", transaction -> {
            SubjectKey subject =
                    key == null ? null : new SubjectFinder(transaction.connection(), context.subject()).resolveKey(key);
            return new LegalHoldTable(transaction).list(subject, ended);
        });
    }

    @Override
    public long countActive() {
        return RequestTransaction.runReadOnly(
                context, "counting legal holds", transaction -> new LegalHoldTable(transaction).countActive());
    }

    /** The one place where a change of a hold goes on record. The reason stays in the hold. */
    private static void record(RequestTransaction transaction, AuditEventType what, LegalHold hold, Actor staff)
            throws SQLException {
        transaction.events().appendHoldAct(what, transaction.now(), staff, hold.id());
    }

    private static void requireStaff(Actor staff, String reason) {
        if (!staff.isStaff()) {
            throw new ExeuntException("Nothing was changed: only staff place and release legal holds.");
        }
        if (reason.isBlank()) {
            throw new ExeuntException("Nothing was changed: a legal hold is placed and released with a reason.");
        }
    }
}
