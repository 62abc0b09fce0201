package dev.exeunt.internal.schema;

/**
 * A user's trigger or rewrite rule that may fire on what Exeunt does.
 *
 * @param kind {@code BEFORE}, {@code AFTER}, {@code INSTEAD OF}, or {@code RULE}, {@code INSTEAD RULE}
 */
public record Trigger(String name, TriggerKind kind, boolean onDelete, boolean onUpdate, boolean enabled) {

    /** Whether it is a rewrite rule. */
    public boolean rule() {
        return kind == TriggerKind.RULE || kind == TriggerKind.INSTEAD_RULE;
    }

    /** Says when a trigger fires, or that it is a rewrite rule. */
    public enum TriggerKind {
        BEFORE,
        AFTER,
        INSTEAD_OF,
        RULE,
        INSTEAD_RULE
    }
}
