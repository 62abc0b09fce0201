package dev.exeunt.erase;

import dev.exeunt.reach.StatementListener.Kind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the erasures of some people went that were all rolled back. No key, no value of anybody: people are numbered in the order
 * they were named, those of a sample after them.
 *
 * @param triggers and rules of the tables whose rows were written, or were about to be, enabled and for what was done there
 * @param slowest the statement that took longest; null where none ran
 */
public record RehearsalReport(
        String database,
        List<Subject> subjects,
        List<TriggerHere> triggers,
        @Nullable Slowest slowest) {

    public RehearsalReport {
        subjects = List.copyOf(subjects);
        triggers = List.copyOf(triggers);
    }

    public long failed() {
        return subjects.stream().filter(s -> s.failure() != null).count();
    }

    /**
     * @param number from 1
     * @param failure null where the person would be erased
     * @param parts each statement, in order; the last one is the one that failed, where one did
     * @param aside what was written besides the plan's own steps; unknown, and empty, after a failure
     * @param time in all, with preparing
     */
    public record Subject(int number, @Nullable Failure failure, List<Part> parts, List<Aside> aside, Duration time) {
        public Subject {
            parts = List.copyOf(parts);
            aside = List.copyOf(aside);
        }

        /** Rows of a kind of statement. */
        public long rows(Kind kind) {
            return parts.stream()
                    .filter(p -> p.kind() == kind)
                    .mapToLong(Part::rows)
                    .sum();
        }

        /** What statements of a kind took. */
        public Duration time(Kind kind) {
            return parts.stream().filter(p -> p.kind() == kind).map(Part::time).reduce(Duration.ZERO, Duration::plus);
        }
    }

    /**
     * @param sentence what would be violated, where, while doing what
     * @param sqlState null where PostgreSQL had no objection, and a link was left
     */
    public record Failure(
            String sentence,
            @Nullable String sqlState,
            @Nullable String table,
            @Nullable String constraint) {}

    /** One statement. */
    public record Part(Kind kind, String what, long rows, Duration time) {}

    /** Rows of a table that triggers, rules or foreign keys' actions wrote. */
    public record Aside(String table, long inserted, long updated, long deleted) {}

    /**
     * @param kind {@code before}, {@code after}, {@code rule} …
     * @param event {@code update} or {@code delete}
     */
    public record TriggerHere(String table, String name, String kind, String event) {}

    /**
     * @param plan how PostgreSQL runs it: nodes, tables and indexes, no condition; empty where it could not be told
     * @param unindexed foreign keys it makes PostgreSQL check by reading a whole table
     * @param indexes what to create so that no table is read whole; empty where that is no matter
     */
    public record Slowest(int subject, Part part, List<Node> plan, List<String> unindexed, List<String> indexes) {
        public Slowest {
            plan = List.copyOf(plan);
            unindexed = List.copyOf(unindexed);
            indexes = List.copyOf(indexes);
        }
    }

    /** @param depth 0 at the top */
    public record Node(
            int depth,
            String type,
            @Nullable String table,
            @Nullable String index) {}
}
