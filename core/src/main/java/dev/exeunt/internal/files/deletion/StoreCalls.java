package dev.exeunt.internal.files.deletion;

import dev.exeunt.map.DataMap.FileState;
import dev.exeunt.map.DataMap.FileStore;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Deletes files of a store in a thread of its own, so that a store that is slow does not keep a lock. */
final class StoreCalls implements AutoCloseable {

    private final FileStore store;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "exeunt-file-deletion");
        made.setDaemon(true);
        return made;
    });

    StoreCalls(FileStore store) {
        this.store = store;
    }

    /**
     * Deletes a file under the lock. Where that takes longer than the lock may be held, lets go of the lock and waits for the end.
     *
     * @throws IOException where the store fails
     */
    FileState delete(String name, TableLock lock) throws IOException, SQLException {
        if (!lock.isHeld()) {
            return store.delete(name);
        }
        Future<FileState> call = thread.submit(() -> store.delete(name));
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return lock.isHeld() ? call.get(lock.nanosLeft(), TimeUnit.NANOSECONDS) : call.get();
                } catch (TimeoutException e) {
                    lock.release();
                } catch (InterruptedException e) {
                    interrupted = true; // what has begun is waited for: the file may be gone
                }
            }
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNull(e.getCause()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return (IOException) cause; // the store throws no other
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
