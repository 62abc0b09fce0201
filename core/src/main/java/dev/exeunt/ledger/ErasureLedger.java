package dev.exeunt.ledger;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks the ledger, and erases again after a restore. A backup that is restored brings back people who had been erased since it was made.
 * The copy of the ledger outside the database tells who they were, without naming them.
 *
 * <pre>{@code
 * Exeunt exeunt = Exeunt.builder(database).key(key).ledger(Path.of("/var/lib/exeunt/ledger")).build();
 * ErasureLedger ledger = exeunt.ledger(map);
 * if (ledger.previewReplay(false).isNeeded()) {
 *     ErasureLedger.ReplayResult done = ledger.replay(false);
 *     System.out.println(done.erased() + " people were erased again");
 * }
 * }</pre>
 */
public interface ErasureLedger {

    /**
     * Follows the chain in the database and in its copy.
     *
     * @throws LedgerException where an entry was changed, is missing or out of order, or the two differ
     */
    LedgerCheck verify();

    /** Says where the copy outside the database is, without a secret; empty where none is configured. */
    Optional<String> place();

    /**
     * Asks whether requests are accepted and people erased.
     *
     * @throws LedgerException where they are not, with the reason
     */
    void requireOpen();

    /**
     * Says what {@link #replay} would do. Nothing is changed.
     *
     * @param trustKeys see {@link #replay}
     */
    ReplayResult previewReplay(boolean trustKeys);

    /**
     * Makes the database what it was for the people of the ledger's lost entries: takes back requests that had been taken back, makes open
     * requests again, and erases again who had been erased. Only people who existed before the entry are touched. May be called again
     * after a failure.
     *
     * @param trustKeys whether a row with the key of an entry is that person where the map has no {@code created} of the subject, or where
     *     the clock has been set back to before the entry. Rows of a person without an account of which nothing tells when they were made
     *     then count as theirs, but as the account's where an account holds the value again. Say true only where no person has
     *     registered since the restore, and no guest came again
     * @throws LedgerException where the copy cannot be read, was changed or does not fit the database
     */
    ReplayResult replay(boolean trustKeys);

    /**
     * Counts entries.
     *
     * @param entries in the database
     * @param copied in the copy outside; null where none is configured
     */
    record LedgerCheck(long entries, @Nullable Long copied) {}

    /**
     * Says what could not be done yet.
     *
     * @param number of the request, the legal hold, or the erasure without a request
     * @param reason a sentence without a value of a person
     */
    record WaitingCase(UUID number, String reason) {}

    /**
     * Counts what a replay did, or what it would do.
     *
     * @param entries that the database lacked
     * @param erased people erased again
     * @param restored open requests made again
     * @param withdrawn requests taken back again
     * @param absent people of lost entries who are not in the database, so that nothing had to be done
     * @param newcomers rows with the key of a lost entry that were made after it: other people, who are not touched; and people
     *     without an account who came after it, or with whose value a person registered after it
     * @param uncertain people with the key or the value of a lost entry of whom nothing tells whether they are that person; see
     *     {@code trustKeys}
     * @param undecided erasures without a request of which the ledger does not say whether they were done; ask for them again
     * @param waiting what could not be carried out yet, such as behind a guard
     */
    record ReplayResult(
            long entries,
            int erased,
            int restored,
            int withdrawn,
            int absent,
            int newcomers,
            int uncertain,
            int undecided,
            List<WaitingCase> waiting) {

        public ReplayResult {
            waiting = List.copyOf(waiting);
        }

        /** Whether the database lacks entries of the ledger, or a replay of them was not finished. */
        public boolean isNeeded() {
            return entries > 0;
        }

        /** Whether nothing is left to do, so that requests are accepted again. */
        public boolean isFinished() {
            return uncertain == 0 && waiting.isEmpty();
        }
    }
}
