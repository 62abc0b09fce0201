package dev.exeunt.internal.replay;

import dev.exeunt.HashKey;
import dev.exeunt.internal.ledger.chain.LedgerChain;
import dev.exeunt.internal.ledger.chain.LedgerCopy;
import dev.exeunt.internal.ledger.chain.LedgerEntry;
import dev.exeunt.internal.ledger.chain.LedgerTable;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.ledger.LedgerException.Reason;
import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.ledger.LedgerSink.Entry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The entries that the copy has and the database lost.
 *
 * @param missing those that the database lacks now, in order; empty where an earlier replay has copied them back
 * @param count how many were lost
 * @param history what became of each request in them
 */
record LostEntries(List<Entry> missing, long count, LostHistory history) {

    /**
     * Reads the whole copy and follows its chain.
     *
     * @throws LedgerException where the copy was changed or does not fit the database
     */
    static LostEntries read(Connection connection, LedgerSink sink, List<HashKey> keys, SubjectKind kind)
            throws SQLException {
        Optional<Entry> last = new LedgerTable(connection).last();
        long end = last.map(Entry::position).orElse(0L);
        long first = new ReplayTable(connection).open().orElse(end + 1);
        LedgerChain chain = new LedgerChain(null, keys);
        LostHistory history = new LostHistory(kind);
        List<Entry> missing = new ArrayList<>();
        LedgerCopy.readFrom(sink, 0, entry -> {
            chain.accept(entry);
            if (last.isPresent() && entry.position() == end && !entry.equals(last.get())) {
                throw new LedgerException(
                        Reason.FORKED,
                        "Entry " + end + " is another in the database than in " + sink.place()
                                + ". The database went on after a restore without its ledger. Nothing was changed.");
            }
            if (entry.position() > end) {
                missing.add(entry);
            }
            LedgerEntry read = LedgerEntry.parse(entry.text());
            if (entry.position() < first) {
                history.know(read);
            } else {
                history.lose(read);
            }
        });
        // the copy may be behind the database, as after any crash: then nothing is lost
        return new LostEntries(missing, Math.max(0, chain.position() - first + 1), history);
    }
}
