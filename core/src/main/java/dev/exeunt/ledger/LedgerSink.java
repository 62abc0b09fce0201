package dev.exeunt.ledger;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps a copy of the ledger outside the database. A backup of the database must not bring it back to an earlier state: keep it on another
 * machine, in a store of its own. The entries name no person; they hold keyed hashes.
 *
 * <p>Several instances of the program use one sink. {@link #append} is called by one of them at a time.
 */
public interface LedgerSink {

    /**
     * One entry of the ledger.
     *
     * @param position 1, 2, 3 … without a gap
     * @param mac 64 hexadecimal digits
     * @param text one line, without personal data
     */
    record Entry(long position, String mac, String text) {}

    /** Returns the entry that was appended last; empty where there is none yet. */
    Optional<Entry> last() throws IOException;

    /**
     * Hands over each entry, in order.
     *
     * @param after the position before the first entry wanted; 0 for all
     */
    void read(long after, Consumer<Entry> entries) throws IOException;

    /**
     * Appends entries. When it returns they are there even if the machine fails.
     *
     * @param entries not empty; the first stands right behind {@link #last}
     * @throws IOException where they could not be written; some of them may have been
     */
    void append(List<Entry> entries) throws IOException;

    /** Says where the copy is, for messages: {@code the file /var/lib/exeunt/ledger}. Without a secret. */
    String place();
}
