package dev.exeunt.internal.ledger.chain;

import dev.exeunt.ExeuntException;
import dev.exeunt.WorkObserver;
import dev.exeunt.database.Database;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.transaction.ReusableConnection;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.ledger.LedgerException.Reason;
import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.ledger.LedgerSink.Entry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies the ledger to its sink, and notices where the database is behind the sink: it was restored from a backup then. As long as it is,
 * {@link #requireOpen} refuses all work on requests. Without a sink it does nothing.
 */
public final class LedgerCopy {

    /** Entries that are handed over at once. */
    public static final int PAGE = 10_000;

    private static final SqlFragment OPEN_REPLAY = SqlFragment.of("SELECT FROM exeunt.replay WHERE ended_at IS NULL");

    /** Where no sink is configured. */
    public static final LedgerCopy NONE = new LedgerCopy(null);

    private final @Nullable Target target;
    private volatile @Nullable LedgerException closed;

    /** How many entries the sink is known to have. */
    private volatile long copied;

    private record Target(Database database, LedgerSink sink, boolean passes, WorkObserver observer) {}

    private LedgerCopy(@Nullable Target target) {
        this.target = target;
    }

    /**
     * @param passes whether work goes on while the sink cannot be reached
     * @param observer told each time that copying fails, also where work goes on
     */
    public static LedgerCopy to(LedgerSink sink, Database database, boolean passes, WorkObserver observer) {
        return new LedgerCopy(new Target(database, sink, passes, observer));
    }

    public Optional<LedgerSink> sink() {
        return Optional.ofNullable(target).map(Target::sink);
    }

    /**
     * Refuses where the last comparison said that no work on requests is allowed, and compares once more before it does: a replay may be
     * over, and the sink may be back.
     */
    public void requireOpen() {
        if (closed != null) {
            update();
        }
    }

    /**
     * Compares database and sink, and copies what the sink lacks. Remembers the outcome for {@link #requireOpen}.
     *
     * @throws LedgerException where no work on requests is allowed until something is done
     */
    public void update() {
        if (target != null) {
            try (ReusableConnection session = new ReusableConnection(target.database())) {
                update(session);
            }
        }
    }

    /**
     * Refuses to append behind a position that the sink has long passed. A program that runs on while its database is restored has compared
     * the two before, and would write entries that do not fit the sink.
     *
     * @param end the position of the database's last entry
     */
    void requireNotRestored(long end) {
        if (target != null && end < copied) {
            LedgerException behind = behind(target.sink(), end, copied);
            closed = behind;
            throw behind;
        }
    }

    /** The same on a connection that the caller holds, so that no more are needed. */
    public void update(ReusableConnection session) {
        if (target == null) {
            return;
        }
        try {
            session.committed("copying the ledger", connection -> {
                copied = copy(connection, target.sink());
                return true;
            });
            closed = null;
        } catch (LedgerException e) {
            target.observer().ledgerNotCopied(String.valueOf(e.getMessage()));
            boolean passed = target.passes() && e.reason() == Reason.UNREACHABLE;
            closed = passed ? null : e;
            if (!passed) {
                throw e;
            }
        }
    }

    /**
     * The same after work that is committed, which no failure of a copy may call failed. A reason to refuse is remembered for the next call
     * that needs an open ledger. If the database itself is away, the next comparison copies the rest.
     */
    public void look() {
        if (target != null) {
            try (ReusableConnection session = new ReusableConnection(target.database())) {
                look(session);
            }
        }
    }

    /** The same on a connection that the caller holds. */
    public void look(ReusableConnection session) {
        try {
            update(session);
        } catch (ExeuntException e) {
            // remembered, or tried again
        }
    }

    /** @return how many entries the sink has now */
    private static long copy(Connection connection, LedgerSink sink) throws SQLException {
        LedgerTable table = new LedgerTable(connection);
        if (!table.inUse()) {
            return 0;
        }
        table.lockCopy();
        Optional<Entry> copied = lastOf(sink);
        requireNotBehind(table, sink, copied.orElse(null));
        if (SqlRunner.exists(connection, OPEN_REPLAY)) {
            throw new LedgerException(
                    Reason.BEHIND,
                    "A replay after a restore is not finished. No request is accepted and no person erased until it is: exeunt replay");
        }
        long before = copied.map(Entry::position).orElse(0L);
        AtomicLong end = new AtomicLong(before);
        List<Entry> page = new ArrayList<>();
        table.read(before, entry -> {
            page.add(entry);
            end.set(entry.position());
            if (page.size() == PAGE) {
                append(sink, page);
            }
        });
        append(sink, page);
        return end.get();
    }

    private static void requireNotBehind(LedgerTable table, LedgerSink sink, @Nullable Entry copied)
            throws SQLException {
        if (copied == null) {
            return;
        }
        Optional<Entry> same = table.at(copied.position());
        if (same.isPresent() && same.get().mac().equals(copied.mac())) {
            return;
        }
        Optional<Entry> last = table.last();
        if (same.isEmpty() && fits(sink, last.orElse(null))) {
            throw behind(sink, last.map(Entry::position).orElse(0L), copied.position());
        }
        throw new LedgerException(
                Reason.FORKED,
                "Database and " + sink.place()
                        + " hold different entries of the ledger at the same position. The database"
                        + " went on after a restore without its ledger, or one of the two is another system's."
                        + " No request is accepted and no person erased: see exeunt ledger verify");
    }

    private static LedgerException behind(LedgerSink sink, long end, long copied) {
        return new LedgerException(
                Reason.BEHIND,
                "The database ends at entry " + end + " of the ledger, and " + sink.place() + " at entry " + copied
                        + ": it was restored from a backup. People who had been erased may be back. No request is"
                        + " accepted and no person erased until they are erased again: exeunt replay");
    }

    /** Whether the sink holds this entry too, so that the database is an earlier state of the same ledger. */
    private static boolean fits(LedgerSink sink, @Nullable Entry last) {
        if (last == null) {
            return true;
        }
        List<Entry> same = new ArrayList<>(1);
        readFrom(sink, last.position() - 1, entry -> {
            if (entry.position() == last.position()) {
                same.add(entry);
            }
        });
        return same.equals(List.of(last));
    }

    private static void append(LedgerSink sink, List<Entry> page) {
        if (page.isEmpty()) {
            return;
        }
        try {
            sink.append(List.copyOf(page));
        } catch (IOException e) {
            throw unreachable(sink, "written", e);
        }
        page.clear();
    }

    static Optional<Entry> lastOf(LedgerSink sink) {
        try {
            return sink.last();
        } catch (IOException e) {
            throw unreachable(sink, "read", e);
        }
    }

    /** Reads the sink. @throws LedgerException where it cannot be read */
    public static void readFrom(LedgerSink sink, long after, Consumer<Entry> entries) {
        try {
            sink.read(after, entries);
        } catch (IOException e) {
            throw unreachable(sink, "read", e);
        }
    }

    private static LedgerException unreachable(LedgerSink sink, String how, IOException e) {
        return new LedgerException(
                Reason.UNREACHABLE,
                "The copy of the ledger outside the database (" + sink.place() + ") cannot be " + how + ": "
                        + e.getMessage() + ". Nothing was erased.");
    }
}
