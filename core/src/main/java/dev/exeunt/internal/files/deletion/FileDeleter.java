package dev.exeunt.internal.files.deletion;

import dev.exeunt.WorkObserver;
import dev.exeunt.internal.files.FileStores;
import dev.exeunt.internal.files.deletion.FileDeletionTable.FileOutcome;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.map.DataMap.FileState;
import dev.exeunt.map.DataMap.FileStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deletes files that no row names any more. */
final class FileDeleter {

    private final FileUsage usage;
    private final FileStores stores;
    private final WorkObserver observer;

    FileDeleter(Connection connection, Plan plan, FileStores stores, WorkObserver observer) {
        this.usage = new FileUsage(connection, plan, FileUsage.HOLD);
        this.stores = stores;
        this.observer = observer;
    }

    /** Returns what became of each file. */
    Map<NamedFile, FileOutcome> delete(Collection<NamedFile> files) throws SQLException {
        Map<NamedFile, FileOutcome> outcomes = new HashMap<>();
        files.forEach(file -> outcomes.put(file, FileOutcome.WAITING));
        for (String name : files.stream().map(NamedFile::store).distinct().toList()) {
            FileStore store = stores.byName().get(name);
            if (store != null) {
                List<NamedFile> of =
                        files.stream().filter(f -> f.store().equals(name)).toList();
                try (StoreCalls calls = new StoreCalls(store)) {
                    new StoreDeletion(store, calls, outcomes).delete(of);
                }
            }
        }
        return outcomes;
    }

    /** Deletes files of one store in rounds, each under a lock of its own. */
    private final class StoreDeletion {

        private final FileStore store;
        private final StoreCalls calls;
        private final Map<NamedFile, FileOutcome> outcomes;
        private @Nullable String failure;
        private boolean away;

        StoreDeletion(FileStore store, StoreCalls calls, Map<NamedFile, FileOutcome> outcomes) {
            this.store = store;
            this.calls = calls;
            this.outcomes = outcomes;
        }

        void delete(List<NamedFile> files) throws SQLException {
            Deque<NamedFile> left = new ArrayDeque<>(files);
            boolean free = true;
            while (free && !away && !left.isEmpty()) {
                List<String> names = left.stream()
                        .limit(FileDeletions.BATCH)
                        .map(NamedFile::name)
                        .toList();
                free = usage.of(
                        left.getFirst().store(), names, (used, lock) -> deleteSome(left, names.size(), used, lock));
            }
            if (failure != null) {
                long waiting = files.stream()
                        .filter(f -> outcomes.get(f) == FileOutcome.WAITING)
                        .count();
                observer.filesNotDeleted(files.get(0).store(), (int) waiting, failure);
            }
        }

        /**
         * Deletes the first files, at least one, as long as the lock may be held. A file that cannot be deleted keeps no other one from it,
         * unless the store itself is away.
         *
         * @param left the files that are still to be deleted; those that were tried are taken from it
         * @param most how many of them the names in use are known for
         */
        private void deleteSome(Deque<NamedFile> left, int most, Set<String> used, TableLock lock) throws SQLException {
            boolean locked = lock.isHeld();
            int tried = 0;
            while (tried < most && !away && (tried == 0 || !locked || lock.nanosLeft() > 0)) {
                NamedFile file = left.removeFirst();
                tried++;
                if (used.contains(file.name())) {
                    outcomes.put(file, FileOutcome.IN_USE);
                } else if (!delete(file, lock)) {
                    lock.release();
                    away = !store.faults().isEmpty();
                    return;
                }
            }
        }

        private boolean delete(NamedFile file, TableLock lock) throws SQLException {
            try {
                outcomes.put(file, outcome(calls.delete(file.name(), lock)));
                return true;
            } catch (IOException | RuntimeException e) { // the application may have written the store
                failure = e.getClass().getSimpleName();
                return false;
            }
        }
    }

    private static FileOutcome outcome(FileState state) {
        return switch (state) {
            case PRESENT -> FileOutcome.DELETED;
            case MISSING -> FileOutcome.MISSING;
            case REFUSED -> FileOutcome.REFUSED;
        };
    }
}
