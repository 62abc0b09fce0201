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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deletes files that no row names any more. */
final class FileDeleter {

    private final FileUsage usage;
    private final FileStores stores;
    private final WorkObserver observer;

    FileDeleter(Connection connection, Plan plan, FileStores stores, WorkObserver observer) {
        this.usage = new FileUsage(connection, plan);
        this.stores = stores;
        this.observer = observer;
    }

    /** Returns what became of each file. */
    Map<NamedFile, FileOutcome> delete(Collection<NamedFile> files) throws SQLException {
        Map<NamedFile, FileOutcome> outcomes = new HashMap<>();
        files.forEach(file -> outcomes.put(file, FileOutcome.WAITING));
        for (String store : files.stream().map(NamedFile::store).distinct().toList()) {
            FileStore holding = stores.byName().get(store);
            List<NamedFile> of =
                    files.stream().filter(f -> f.store().equals(store)).toList();
            Optional<Set<String>> used = holding == null
                    ? Optional.empty()
                    : usage.of(store, of.stream().map(NamedFile::name).toList());
            if (holding != null && used.isPresent()) {
                Set<String> names = used.get();
                of.stream().filter(f -> names.contains(f.name())).forEach(f -> outcomes.put(f, FileOutcome.IN_USE));
                delete(
                        holding,
                        of.stream().filter(f -> !names.contains(f.name())).toList(),
                        outcomes);
            }
        }
        return outcomes;
    }

    /** A file that cannot be deleted keeps no other one from it, unless the store itself is away. */
    private void delete(FileStore store, List<NamedFile> files, Map<NamedFile, FileOutcome> outcomes) {
        int waiting = files.size();
        @Nullable String reason = null;
        for (NamedFile file : files) {
            try {
                outcomes.put(file, outcome(store.delete(file.name())));
                waiting--;
            } catch (IOException | RuntimeException e) { // the application may have written the store
                reason = e.getClass().getSimpleName();
                if (!store.faults().isEmpty()) {
                    break;
                }
            }
        }
        if (reason != null) {
            observer.filesNotDeleted(files.get(0).store(), waiting, reason);
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
