package dev.exeunt.internal.replay;

import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.internal.ledger.chain.LedgerChain;
import dev.exeunt.internal.ledger.chain.LedgerCopy;
import dev.exeunt.internal.ledger.chain.LedgerTable;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.ledger.LedgerException.Reason;
import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.ledger.LedgerSink.Entry;
import java.util.List;
import java.util.Optional;

/** Carries out the calls of {@link ErasureLedger}. */
public final class ErasureLedgerService implements ErasureLedger {

    private final LifecycleContext context;
    private final LifecycleContext open;
    private final List<HashKey> keys;

    /** @param context whose ledger may be closed: that is what a replay is for */
    public ErasureLedgerService(LifecycleContext context) {
        this.context = context;
        this.open = context.withoutLedgerCopy();
        this.keys = context.requireKey().all();
    }

    @Override
    public LedgerCheck verify() {
        return Transaction.runAndRollBack(context.database(), "checking the ledger", connection -> {
            LedgerTable table = new LedgerTable(connection);
            LedgerChain chain = new LedgerChain(null, keys);
            table.read(0, chain);
            Optional<LedgerSink> sink = context.ledger().sink();
            if (sink.isEmpty()) {
                return new LedgerCheck(chain.position(), null);
            }
            LedgerChain copy = new LedgerChain(null, keys);
            LedgerCopy.readFrom(sink.get(), 0, copy);
            if (copy.position() > chain.position()) {
                throw new LedgerException(
                        Reason.BEHIND,
                        "The database ends at entry " + chain.position() + " and "
                                + sink.get().place() + " at entry "
                                + copy.position()
                                + ": the database was restored from a backup, or its last entries were"
                                + " deleted. Erase again who had been: exeunt replay");
            }
            Optional<Entry> same = table.at(copy.position());
            if (copy.position() > 0 && !same.map(Entry::mac).equals(Optional.of(copy.mac()))) {
                throw new LedgerException(
                        Reason.FORKED,
                        "Entry " + copy.position() + " is another in the database than in "
                                + sink.get().place()
                                + ". Both are entries of this key: the database went on after a restore without its ledger.");
            }
            return new LedgerCheck(chain.position(), copy.position());
        });
    }

    @Override
    public Optional<String> place() {
        return context.ledger().sink().map(LedgerSink::place);
    }

    @Override
    public void requireOpen() {
        context.ledger().requireOpen();
    }

    @Override
    public ReplayResult previewReplay(boolean trustKeys) {
        LedgerSink sink = requireSink();
        return RequestTransaction.runReadOnly(open, "looking at what a restore lost", transaction -> {
            LostEntries lost = LostEntries.read(transaction.connection(), sink, keys, context.kind());
            return ReplaySteps.of(transaction, lost, keys, trustKeys).preview();
        });
    }

    @Override
    public ReplayResult replay(boolean trustKeys) {
        LedgerSink sink = requireSink();
        LostEntries lost =
                RequestTransaction.runAndCommit(open, "taking over the ledger's lost entries", transaction -> {
                    LostEntries read = LostEntries.read(transaction.connection(), sink, keys, context.kind());
                    if (!read.missing().isEmpty()) {
                        new ReplayTable(transaction.connection())
                                .begin(
                                        read.missing().get(0).position(),
                                        read.missing()
                                                .get(read.missing().size() - 1)
                                                .position(),
                                        transaction.now());
                        LedgerTable table = new LedgerTable(transaction.connection());
                        for (List<Entry> page : ReplayRun.batches(read.missing(), LedgerCopy.PAGE)) {
                            table.append(page);
                        }
                    }
                    return read;
                });
        ReplaySteps steps = RequestTransaction.runReadOnly(
                open, "looking for people who are back", t -> ReplaySteps.of(t, lost, keys, trustKeys));
        ReplayResult result = new ReplayRun(open).carryOut(steps);
        if (result.isFinished()) {
            RequestTransaction.runAndCommit(open, "finishing the replay", transaction -> {
                new ReplayTable(transaction.connection()).end(transaction.now());
                return true;
            });
            context.ledger().update();
        }
        return result;
    }

    private LedgerSink requireSink() {
        return context.ledger()
                .sink()
                .orElseThrow(
                        () -> new ExeuntException(
                                "No copy of the ledger outside the database is configured, so nothing tells what a restore"
                                        + " lost. Name it: EXEUNT_LEDGER=/path/to/the/file, s3://bucket/prefix or https://host/path"));
    }
}
