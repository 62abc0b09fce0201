package dev.exeunt.internal.files.deletion;

import dev.exeunt.HashKey;
import dev.exeunt.WorkObserver;
import dev.exeunt.erase.Receipt.FileReceipt;
import dev.exeunt.internal.files.FileStores;
import dev.exeunt.internal.files.deletion.FileDeletionTable.FileOutcome;
import dev.exeunt.internal.files.deletion.FileDeletionTable.WaitingFile;
import dev.exeunt.internal.plan.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the files of erased people after the erasure has been committed. Each call deletes one batch, and the caller commits it. A
 * crash between the two loses nothing: the file is then found missing, and counted so.
 */
public final class FileDeletions {

    /** How many files one transaction deletes at most. */
    public static final int BATCH = 100;

    private final Plan plan;
    private final FileStores stores;
    private final WorkObserver observer;

    /**
     * @param plan whose columns name files; for them it is looked whether a file is still in use
     * @param observer hears of stores that fail
     */
    public FileDeletions(Plan plan, FileStores stores, WorkObserver observer) {
        this.plan = plan;
        this.stores = stores;
        this.observer = observer;
    }

    /**
     * Deletes the next batch of files that are due.
     *
     * @param only the erasure whose files are meant; null for all
     * @return how many files the batch had
     */
    public int deleteDue(Connection connection, HashKey key, Instant now, @Nullable UUID only) throws SQLException {
        FileDeletionTable table = new FileDeletionTable(connection, key);
        List<WaitingFile> due = table.claim(now, only, BATCH);
        List<NamedFile> readable = due.stream()
                .map(WaitingFile::file)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<NamedFile, FileOutcome> outcomes = new FileDeleter(connection, plan, stores, observer).delete(readable);
        table.lockCounts(due);
        for (FileOutcome outcome : FileOutcome.values()) {
            List<WaitingFile> of =
                    due.stream().filter(f -> outcome(f, outcomes) == outcome).toList();
            if (outcome == FileOutcome.WAITING) {
                table.putOff(of, now);
            } else {
                table.settle(of, outcome);
            }
        }
        return due.size();
    }

    private static FileOutcome outcome(WaitingFile file, Map<NamedFile, FileOutcome> outcomes) {
        return file.file() == null
                ? FileOutcome.WAITING
                : Objects.requireNonNull(outcomes.get(file.file()), "each file has an outcome");
    }

    /** Returns the counts of a recorded erasure; empty where no files of it are recorded. */
    Optional<FileReceipt> counts(Connection connection, HashKey key, UUID erasure) throws SQLException {
        return new FileDeletionTable(connection, key).counts(erasure);
    }

    /**
     * Deletes files that are recorded nowhere.
     *
     * @param counts to which what became of them is added
     * @param waiting takes the files that could not be deleted
     */
    FileReceipt deleteUnrecorded(
            Connection connection, Collection<NamedFile> files, FileReceipt counts, List<NamedFile> waiting)
            throws SQLException {
        Map<NamedFile, FileOutcome> all = new FileDeleter(connection, plan, stores, observer).delete(files);
        all.forEach((file, outcome) -> {
            if (outcome == FileOutcome.WAITING) {
                waiting.add(file);
            }
        });
        List<FileOutcome> outcomes = List.copyOf(all.values());
        return new FileReceipt(
                counts.deleted() + count(outcomes, FileOutcome.DELETED),
                counts.inUse() + count(outcomes, FileOutcome.IN_USE),
                counts.missing() + count(outcomes, FileOutcome.MISSING),
                counts.refused() + count(outcomes, FileOutcome.REFUSED),
                count(outcomes, FileOutcome.WAITING));
    }

    private static long count(List<FileOutcome> outcomes, FileOutcome outcome) {
        return outcomes.stream().filter(o -> o == outcome).count();
    }
}
