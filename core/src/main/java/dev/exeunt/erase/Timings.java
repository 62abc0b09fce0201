package dev.exeunt.erase;

import dev.exeunt.reach.StatementListener;
import dev.exeunt.schema.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Measures each statement of one erasure. */
final class Timings implements StatementListener {

    private final List<Timed> done = new ArrayList<>();
    private @Nullable Statement running;
    private long since;

    /** A statement and what came of it. */
    record Timed(Statement statement, long rows, Duration time) {

        RehearsalReport.Part part() {
            return new RehearsalReport.Part(statement.kind(), statement.what(), rows, time);
        }
    }

    @Override
    public void begins(Statement statement) {
        running = statement;
        since = System.nanoTime();
    }

    @Override
    public void ended(long rows) {
        Statement statement = running;
        if (statement != null) {
            done.add(new Timed(statement, rows, Duration.ofNanos(System.nanoTime() - since)));
            running = null;
        }
    }

    /** Counts a statement that failed, too: it may have been the slow one. Null where none was running. */
    @Nullable
    Timed failed() {
        boolean was = running != null;
        ended(0);
        return was ? done.get(done.size() - 1) : null;
    }

    List<Timed> all() {
        return done;
    }

    List<RehearsalReport.Part> parts() {
        return done.stream().map(Timed::part).toList();
    }

    /** Tables of which rows went. */
    List<TableName> deleted() {
        return done.stream()
                .filter(t -> t.statement().kind() == Kind.DELETE && t.rows() > 0)
                .flatMap(t -> t.statement().tables().stream())
                .toList();
    }

    Optional<Timed> slowest() {
        return done.stream().max(Comparator.comparing(Timed::time));
    }
}
