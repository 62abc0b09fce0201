package dev.exeunt.internal.scan;

import dev.exeunt.internal.postgres.SqlFragment;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Reads the parts of a large table on several connections at the same time, each by a thread of its own. */
final class PartedScan {

    private final List<Connection> connections;
    private final Supplier<HitCollector> collectors;
    private final Runnable partRead;

    /**
     * @param collectors makes what takes the rows of one connection
     * @param partRead called after each part, by any of the threads
     */
    PartedScan(List<Connection> connections, Supplier<HitCollector> collectors, Runnable partRead) {
        this.connections = connections;
        this.collectors = collectors;
        this.partRead = partRead;
    }

    /** @param selects of the parts, in the order in which they are begun */
    TableHits read(List<SqlFragment> selects) throws SQLException {
        if (connections.size() == 1) {
            return readAll(connections.get(0), new ArrayDeque<>(selects)).result();
        }
        Queue<SqlFragment> left = new ConcurrentLinkedQueue<>(selects);
        ExecutorService threads = Executors.newFixedThreadPool(connections.size());
        try {
            List<Future<HitCollector>> readers = new ArrayList<>();
            for (Connection connection : connections) {
                readers.add(threads.submit(() -> readAll(connection, left)));
            }
            return joined(readers);
        } finally {
            threads.shutdown();
        }
    }

    /** Waits for every reader, also after one has failed: nothing else may use a connection that is still read. */
    private static TableHits joined(List<Future<HitCollector>> readers) throws SQLException {
        TableHits hits = TableHits.NONE;
        SQLException failure = null;
        for (Future<HitCollector> reader : readers) {
            try {
                hits = hits.with(result(reader).result());
            } catch (SQLException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return hits;
    }

    private HitCollector readAll(Connection connection, Queue<SqlFragment> left) throws SQLException {
        HitCollector hits = collectors.get();
        RowStream stream = new RowStream(connection);
        try {
            for (SqlFragment part = left.poll(); part != null; part = left.poll()) {
                stream.read(part, hits);
                partRead.run();
            }
        } catch (SQLException | RuntimeException e) {
            left.clear(); // the others end with the part they read
            throw e;
        }
        return hits;
    }

    private static HitCollector result(Future<HitCollector> reader) throws SQLException {
        try {
            return reader.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while reading", "57014", e);
        }
    }
}
