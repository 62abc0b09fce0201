package dev.exeunt.internal.due;

import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.database.OutcomeUnknownException;
import dev.exeunt.internal.ledger.chain.LedgerCopy;
import dev.exeunt.internal.ledger.chain.LedgerEntryType;
import dev.exeunt.internal.ledger.chain.LedgerSubject;
import dev.exeunt.internal.ledger.chain.LedgerTable;
import dev.exeunt.internal.ledger.chain.LedgerWriter;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.postgres.TransactionWork;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectFinder.NamedSubject;
import dev.exeunt.internal.transaction.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records an erasure that no reaper claimed: the intent in a transaction of its own, which the copy outside the database has before any row
 * is deleted, and the outcome in the transaction of the erasure. Without such a copy only the outcome is recorded.
 */
public final class ErasureIntent {

    private final IntentConditions conditions;
    private final UUID number = UUID.randomUUID();
    private final List<LedgerSubject> announced;

    /**
     * Holds what records are made with.
     *
     * @param key null where none is set, so that nothing is recorded
     */
    public record IntentConditions(
            Database database, LedgerCopy copy, @Nullable HashKey key, PlannedSubject subject, Clock clock) {

        /** Names people as the ledger does. */
        public List<LedgerSubject> named(List<NamedSubject> people) {
            return people.stream()
                    .map(p -> LedgerSubject.person(subject.kind(), p.key().parts()))
                    .toList();
        }
    }

    private ErasureIntent(IntentConditions conditions, List<LedgerSubject> announced) {
        this.conditions = conditions;
        this.announced = announced;
    }

    /** Records what is about to be done to these people, and that it was not done where the work fails. */
    public static <T> T around(IntentConditions conditions, List<String> named, IntendedWork<T> work) {
        return around(
                conditions,
                connection -> conditions.named(new SubjectFinder(connection, conditions.subject()).findEvenGone(named)),
                work);
    }

    /**
     * Does the same for people who are found in another way.
     *
     * @param finding is asked in a transaction of its own, and only where the intent is recorded
     */
    public static <T> T around(
            IntentConditions conditions, TransactionWork<List<LedgerSubject>> finding, IntendedWork<T> work) {
        ErasureIntent intent = new ErasureIntent(conditions, announce(conditions, finding));
        if (intent.announced.isEmpty()) {
            return work.run(intent);
        }
        intent.append(LedgerEntryType.INTENT, "recording what is about to be erased");
        try {
            conditions.copy().update();
            return work.run(intent);
        } catch (OutcomeUnknownException e) {
            throw e; // the intent stays open: the erasure may be committed
        } catch (RuntimeException e) {
            throw intent.aborted(e);
        } finally {
            conditions.copy().look();
        }
    }

    /** Returns the failure of the work, whatever becomes of the record of it. */
    private RuntimeException aborted(RuntimeException failure) {
        try {
            append(LedgerEntryType.ABORTED, "recording that nothing was erased");
        } catch (RuntimeException unrecorded) {
            failure.addSuppressed(unrecorded); // the intent stays open
        }
        return failure;
    }

    /** Erases in a transaction that ends with {@link #committed}. */
    public interface IntendedWork<T> {
        T run(ErasureIntent intent);
    }

    private static List<LedgerSubject> announce(
            IntentConditions conditions, TransactionWork<List<LedgerSubject>> finding) {
        if (conditions.copy().sink().isEmpty()) {
            return List.of();
        }
        if (conditions.key() == null) {
            throw new ExeuntException(
                    "Nothing was erased: a copy of the ledger is configured (EXEUNT_LEDGER), and the ledger records"
                            + " people by a key, which is not set. Give the key of erased people in EXEUNT_KEY.");
        }
        conditions.copy().update();
        return Transaction.runAndRollBack(conditions.database(), "looking for people", connection -> {
            TransactionSettings.apply(connection);
            return new LedgerTable(connection).inUse() ? finding.run(connection) : List.of();
        });
    }

    private void append(LedgerEntryType type, String doing) {
        Transaction.runAndCommit(conditions.database(), doing, connection -> {
            write(connection, type, announced);
            return true;
        });
    }

    /** Records, as the last statement of the transaction, that these people are erased. */
    public void committed(Connection connection, List<LedgerSubject> people) throws SQLException {
        if (new LedgerTable(connection).inUse()) {
            write(connection, LedgerEntryType.COMMITTED, people);
        }
    }

    /** Adds the outcome to what a transaction records at its end, where the intent was recorded. */
    public void settle(LedgerWriter writer, boolean erased) {
        LedgerEntryType outcome = erased ? LedgerEntryType.COMMITTED : LedgerEntryType.ABORTED;
        announced.forEach(p -> writer.add(outcome, conditions.clock().instant(), number, p));
    }

    private void write(Connection connection, LedgerEntryType type, List<LedgerSubject> people) throws SQLException {
        LedgerWriter writer = new LedgerWriter(connection, conditions.subject().kind(), conditions.key());
        people.forEach(p -> writer.add(type, conditions.clock().instant(), number, p));
        writer.write(conditions.copy());
    }
}
