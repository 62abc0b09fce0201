package dev.exeunt.internal.map;

import dev.exeunt.map.Finding.Position;
import java.util.List;

/** Says how a role's rows are hidden from the request until the grace period ends. */
public sealed interface HideRule extends RowTreatment {

    /** Overwrites columns while the person is away, and restores the former values if the person comes back. */
    record SetColumns(List<ColumnRule> rules, Position at) implements HideRule {
        public SetColumns {
            rules = List.copyOf(rules);
        }

        @Override
        public RowOutcome outcome() {
            return RowOutcome.OVERWRITE_WHILE_HIDDEN;
        }
    }

    /** Moves rows out of their table, and moves them back unchanged if the person comes back. */
    record StashRows(Position at) implements HideRule {
        @Override
        public RowOutcome outcome() {
            return RowOutcome.STASH;
        }
    }

    /** Deletes rows at the request for good, for example sessions and tokens. */
    record DeleteRows(Position at) implements HideRule {
        @Override
        public RowOutcome outcome() {
            return RowOutcome.DELETE_AT_REQUEST;
        }
    }
}
