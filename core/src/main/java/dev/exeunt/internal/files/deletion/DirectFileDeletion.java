package dev.exeunt.internal.files.deletion;

import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.Receipt.FileReceipt;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.transaction.Transaction;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the files of an erasure without a request, as soon as it has been committed. What is recorded and cannot be deleted waits for
 * the worker; what is recorded nowhere is tried a few times and then counted as waiting.
 */
public final class DirectFileDeletion {

    private static final int TRIES = 3;

    private final Database database;
    private final FileDeletions deletions;
    private final @Nullable HashKey key;
    private final Clock clock;

    public DirectFileDeletion(Database database, FileDeletions deletions, @Nullable HashKey key, Clock clock) {
        this.database = database;
        this.deletions = deletions;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Deletes the files that the erased rows named. The erasure has been committed, so a failure of the database is no failure of it:
     * the files are then counted as waiting.
     *
     * @return the receipt with what became of the files
     */
    public Receipt after(Receipt receipt, ErasedFiles files) {
        FileReceipt counts = receipt.files();
        if (counts == null || counts.waiting() == 0) {
            return receipt;
        }
        UUID erasure = files.recorded().orElse(null);
        try {
            FileReceipt now =
                    erasure == null || key == null ? unrecorded(files, counts) : recorded(key, erasure, counts);
            return receipt.withFiles(now).signedBy(key);
        } catch (DatabaseException e) {
            return receipt; // it says how many files wait
        }
    }

    private FileReceipt recorded(HashKey secret, UUID erasure, FileReceipt before) {
        int deleted = FileDeletions.BATCH;
        while (deleted == FileDeletions.BATCH) {
            deleted = Transaction.runAndCommit(database, "deleting files", connection -> {
                TransactionSettings.apply(connection);
                return deletions.deleteDue(connection, secret, clock.instant(), erasure);
            });
        }
        return Transaction.runAndRollBack(
                database,
                "counting files",
                connection -> deletions.counts(connection, secret, erasure).orElse(before));
    }

    private FileReceipt unrecorded(ErasedFiles files, FileReceipt before) {
        List<NamedFile> left = new ArrayList<>(files.unrecorded());
        FileReceipt counts = before;
        for (int attempt = 0; attempt < TRIES && !left.isEmpty(); attempt++) {
            List<NamedFile> now = left;
            FileReceipt so = counts;
            List<NamedFile> waiting = new ArrayList<>();
            counts = Transaction.runAndCommit(database, "deleting files", connection -> {
                TransactionSettings.apply(connection);
                return deletions.deleteUnrecorded(connection, now, so, waiting);
            });
            left = waiting;
        }
        return counts;
    }
}
