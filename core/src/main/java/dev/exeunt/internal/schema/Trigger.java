package dev.exeunt.internal.schema;

import org.jspecify.annotations.Nullable;

/**
 * A user's trigger or rewrite rule that may fire on what Exeunt does.
 *
 * @param kind {@code BEFORE}, {@code AFTER}, {@code INSTEAD OF}, or {@code RULE}, {@code INSTEAD RULE} with or without a condition
 * @param unlinks the column whose large object it deletes with the row, as {@code lo_manage} of the extension {@code lo} does; or null
 */
public record Trigger(
        String name,
        TriggerKind kind,
        boolean onDelete,
        boolean onUpdate,
        boolean enabled,
        @Nullable String unlinks) {

    /** Whether it is a rewrite rule. */
    public boolean rule() {
        return switch (kind) {
            case RULE, INSTEAD_RULE, CONDITIONAL_INSTEAD_RULE -> true;
            case BEFORE, AFTER, INSTEAD_OF -> false;
        };
    }

    /** Whether it does something else instead of a write, whatever the row. */
    public boolean replacesEveryWrite() {
        return kind == TriggerKind.INSTEAD_RULE || kind == TriggerKind.INSTEAD_OF;
    }

    /** Whether it may do something else instead of a write, for some rows or for all. */
    public boolean mayReplaceWrites() {
        return replacesEveryWrite() || kind == TriggerKind.CONDITIONAL_INSTEAD_RULE;
    }

    /** Whether it may leave a row as it is, although the statement succeeds. */
    public boolean mayKeepRows() {
        return kind == TriggerKind.BEFORE || mayReplaceWrites();
    }

    /** Says when a trigger fires, or that it is a rewrite rule. */
    public enum TriggerKind {
        BEFORE,
        AFTER,
        INSTEAD_OF,
        RULE,
        INSTEAD_RULE,
        /** {@code DO INSTEAD} with a condition: it concerns only the rows that meet it. */
        CONDITIONAL_INSTEAD_RULE
    }
}
