package dev.exeunt.internal.rehearse;

import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.RehearsalResult.StatementKind;
import dev.exeunt.internal.reach.StatementListener;
import dev.exeunt.internal.schema.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Measures the rows and duration of each statement of one erasure. */
final class StatementTimings implements StatementListener {

    private final List<TimedStatement> done = new ArrayList<>();
    private @Nullable ErasureStatement running;
    private long since;

    /** Holds a statement with its row count and duration. */
    record TimedStatement(ErasureStatement statement, long rows, Duration time) {

        RehearsalResult.StatementResult part() {
            return new RehearsalResult.StatementResult(statement.kind(), statement.what(), rows, time);
        }
    }

    @Override
    public void begins(ErasureStatement statement) {
        running = statement;
        since = System.nanoTime();
    }

    @Override
    public void ended(long rows) {
        ErasureStatement statement = running;
        if (statement != null) {
            done.add(new TimedStatement(statement, rows, Duration.ofNanos(System.nanoTime() - since)));
            running = null;
        }
    }

    /** Counts a statement that failed, too: it may have been the slow one. Null where none was running. */
    @Nullable
    TimedStatement failed() {
        boolean was = running != null;
        ended(0);
        return was ? done.get(done.size() - 1) : null;
    }

    List<TimedStatement> all() {
        return done;
    }

    List<RehearsalResult.StatementResult> parts() {
        return done.stream().map(TimedStatement::part).toList();
    }

    /** Tables of which rows went. */
    List<TableName> deleted() {
        return done.stream()
                .filter(t -> t.statement().kind() == StatementKind.DELETE && t.rows() > 0)
                .flatMap(t -> t.statement().tables().stream())
                .toList();
    }

    Optional<TimedStatement> slowest() {
        return done.stream().max(Comparator.comparing(TimedStatement::time));
    }
}
