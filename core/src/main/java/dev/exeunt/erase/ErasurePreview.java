package dev.exeunt.erase;

import dev.exeunt.map.DataMap.TableWords;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows what an erasure would do: its steps in order, row counts by role, and the SQL statements.
 *
 * <pre>{@code
 * exeunt.preview(map, List.of("email:anna@example.org")).roles().stream()
 *         .filter(role -> role.rows() > 0)
 *         .forEach(role -> System.out.println(role.table() + ": " + role.fate() + " " + role.rows()));
 * }</pre>
 *
 * @param subjects how many people
 * @param roles each role of the map, in the order of its tables
 * @param steps in the order they run
 * @param statements the SQL an erasure would run, in order, its bound values shown as {@code ?}
 * @param warnings what is unusual about the people: a row that is gone, a key that was erased before, a legal hold
 */
public record ErasurePreview(
        ErasurePlan plan,
        int subjects,
        List<RolePreview> roles,
        List<StepPreview> steps,
        List<String> statements,
        List<PersonWarning> warnings) {

    public ErasurePreview {
        roles = List.copyOf(roles);
        steps = List.copyOf(steps);
        statements = List.copyOf(statements);
        warnings = List.copyOf(warnings);
    }

    /** The same preview with other warnings. */
    public ErasurePreview withWarnings(List<PersonWarning> others) {
        return new ErasurePreview(plan, subjects, roles, steps, statements, others);
    }

    /** Whether no role reaches a row. */
    public boolean reachesNothing() {
        return roles.stream().allMatch(role -> role.rows() == 0);
    }

    /** Lists what can be unusual about a person who is to be erased. */
    public enum PersonWarning {
        /** No row of the subject's table has the key; rows that still refer to it are erased. */
        ROW_IS_GONE,
        /** The key was erased before, and a new person has it since. */
        KEY_IN_USE_AGAIN,
        /** A legal hold keeps a person from being erased so; an erasure is refused until it ends. */
        LEGAL_HOLD
    }

    /**
     * Shows what becomes of the rows that one role reaches.
     *
     * @param words what people read about the table
     * @param fate the map's word
     * @param rows how many; a row that two roles reach counts in both
     * @param shared how many rows are left alone since another present person holds the value by which they would be found
     * @param change what an erasure does to the rows
     * @param kept why the rows stay; null where the fate is another
     * @param retained columns that stay on purpose
     * @param atRequest what the request itself does to the rows, where the flow has a grace period
     */
    public record RolePreview(
            String table,
            TableWords words,
            String role,
            String fate,
            long rows,
            long shared,
            RowChange change,
            @Nullable KeptReason kept,
            List<String> retained,
            RequestEffect atRequest) {
        public RolePreview {
            retained = List.copyOf(retained);
        }
    }

    /** Says whether an erasure deletes rows, changes them or leaves them as they are. */
    public enum RowChange {
        DELETED,
        CHANGED,
        UNTOUCHED
    }

    /** Says what a request does to rows before they are erased: nothing that shows, hides them, or deletes them for good. */
    public enum RequestEffect {
        NONE,
        HIDDEN,
        DELETED
    }

    /**
     * Says why rows stay.
     *
     * @param basis legal basis; null where the map gives none
     * @param period how long, as the map writes it; null for as long as the reason holds
     * @param thenDelete whether rows go when the period is over
     */
    public record KeptReason(
            String reason, @Nullable String basis, @Nullable String period, boolean thenDelete) {

        /** For people: {@code 6y, then delete}; null for as long as the reason holds. */
        public @Nullable String howLong() {
            return period == null ? null : period + (thenDelete ? ", then delete" : "");
        }
    }

    /**
     * Shows one statement of an erasure.
     *
     * @param deletes whether it deletes rows; else it overwrites columns
     * @param why it stands where it does, for people
     * @param roles those whose rows it writes
     */
    public record StepPreview(boolean deletes, String why, List<RolePreview> roles) {
        public StepPreview {
            roles = List.copyOf(roles);
        }
    }
}
