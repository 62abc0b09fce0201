package dev.exeunt.erase;

import dev.exeunt.erase.RehearsalResult.StatementKind;
import dev.exeunt.map.SuggestedFix;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports how each rehearsed erasure went, with row counts and timings but no personal data. People are
 * numbered in the order they were named, those of a sample after them.
 *
 * <pre>{@code
 * RehearsalResult result = exeunt.rehearse(map, List.of(), 20, Duration.ofSeconds(30));
 * System.out.println(result.failed() + " would fail, " + result.unreached() + " places are not reached");
 * }</pre>
 *
 * @param triggers and rules of the tables whose rows were written, or were about to be, enabled and for what was done there
 * @param slowest the statement that took longest; null where none ran
 * @param search what the search before the erasures found
 */
public record RehearsalResult(
        String database,
        List<RehearsedSubject> subjects,
        List<InvolvedTrigger> triggers,
        @Nullable SlowestStatement slowest,
        DataSearch search) {

    public RehearsalResult {
        subjects = List.copyOf(subjects);
        triggers = List.copyOf(triggers);
    }

    public long failed() {
        return subjects.stream().filter(s -> s.failure() != null).count();
    }

    /** How many places hold data of the people after their erasure that the map does not accept. */
    public long unreached() {
        return search.places().stream()
                .filter(p -> p.left() > 0 && p.accepted() == null)
                .count();
    }

    /**
     * Reports what a search of the whole database found of the people before they were erased: what the map neither deletes nor
     * overwrites nor keeps.
     *
     * @param people how many of them were searched for
     * @param tables how many were looked through
     * @param notes what could not be looked through, and what lies outside the tables, in sentences
     */
    public record DataSearch(int people, int tables, List<UnreachedPlace> places, List<String> notes, Duration time) {
        public DataSearch {
            places = List.copyOf(places);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Names a place that holds data of the people and that the map does not reach.
     *
     * @param kind {@code key}, {@code identifier}, {@code value}, {@code large object} or {@code materialized view}
     * @param rows before the erasures
     * @param left of these after them; as many as before where the erasures failed
     * @param accepted why the map accepts it, or null
     * @param fix what would reach it
     */
    public record UnreachedPlace(
            String table,
            String column,
            String kind,
            long rows,
            long left,
            @Nullable String accepted,
            SuggestedFix fix) {}

    /**
     * Reports one person's rehearsed erasure: statements, side effects, time and failure.
     *
     * @param number from 1
     * @param failure null where the person would be erased
     * @param parts each statement, in order; the last one is the one that failed, where one did
     * @param aside what was written besides the plan's own steps; unknown, and empty, after a failure
     * @param time in all, with preparing
     */
    public record RehearsedSubject(
            int number,
            @Nullable RehearsalFailure failure,
            List<StatementResult> parts,
            List<SideEffectRows> aside,
            Duration time) {
        public RehearsedSubject {
            parts = List.copyOf(parts);
            aside = List.copyOf(aside);
        }

        /** Rows of a kind of statement. */
        public long rows(StatementKind kind) {
            return parts.stream()
                    .filter(p -> p.kind() == kind)
                    .mapToLong(StatementResult::rows)
                    .sum();
        }

        /** What statements of a kind took. */
        public Duration time(StatementKind kind) {
            return parts.stream()
                    .filter(p -> p.kind() == kind)
                    .map(StatementResult::time)
                    .reduce(Duration.ZERO, Duration::plus);
        }
    }

    /**
     * Describes why a rehearsed erasure failed: sentence, SQLSTATE, table and constraint.
     *
     * @param sentence what would be violated, where, while doing what
     * @param sqlState null where PostgreSQL had no objection, and a link was left
     */
    public record RehearsalFailure(
            String sentence,
            @Nullable String sqlState,
            @Nullable String table,
            @Nullable String constraint) {}

    /** Holds the kind, rows and duration of one statement of a rehearsed erasure. */
    public record StatementResult(StatementKind kind, String what, long rows, Duration time) {}

    /** Counts the rows of a table that triggers, rules or foreign key actions wrote. */
    public record SideEffectRows(String table, long inserted, long updated, long deleted) {}

    /**
     * Names a trigger or rule that is enabled for what the erasure writes.
     *
     * @param kind {@code before}, {@code after}, {@code rule} …
     * @param event {@code update} or {@code delete}
     */
    public record InvolvedTrigger(String table, String name, String kind, String event) {}

    /**
     * Describes the slowest statement with its query plan and the indexes that it lacks.
     *
     * @param plan how PostgreSQL runs it: nodes, tables and indexes, no condition; empty where it could not be told
     * @param unindexed foreign keys it makes PostgreSQL check by reading a whole table
     * @param indexes what to create so that no table is read whole; empty where that is no matter
     */
    public record SlowestStatement(
            int subject, StatementResult part, List<QueryPlanNode> plan, List<String> unindexed, List<String> indexes) {
        public SlowestStatement {
            plan = List.copyOf(plan);
            unindexed = List.copyOf(unindexed);
            indexes = List.copyOf(indexes);
        }
    }

    /**
     * Describes one node of a PostgreSQL query plan: depth, type, table and index.
     *
     * @param depth 0 at the top
     */
    public record QueryPlanNode(
            int depth,
            String type,
            @Nullable String table,
            @Nullable String index) {}

    /** Lists what a statement of an erasure is for. */
    public enum StatementKind {
        /** finding and locking a role's rows */
        FIND,
        UPDATE,
        DELETE,
        /** checking the constraints put off until then */
        DEFERRED,
        /** looking for links once more */
        VERIFY
    }
}
