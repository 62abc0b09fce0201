package dev.exeunt.internal.map;

import dev.exeunt.map.Position;
import java.util.List;

/** Says how a role's rows are hidden from the request until the grace period ends. */
public sealed interface HideRule {

    Position at();

    /** Column rules that go along; empty but for {@link SetColumns}. */
    default List<ColumnRule> rules() {
        return List.of();
    }

    /** The word a map uses for it. */
    String word();

    /** Overwrites columns while the person is away, and restores the former values if the person comes back. */
    record SetColumns(List<ColumnRule> rules, Position at) implements HideRule {
        public SetColumns {
            rules = List.copyOf(rules);
        }

        @Override
        public String word() {
            return "set";
        }
    }

    /** Moves rows out of their table, and moves them back unchanged if the person comes back. */
    record StashRows(Position at) implements HideRule {
        @Override
        public String word() {
            return "stash";
        }
    }

    /** Deletes rows at the request for good, for example sessions and tokens. */
    record DeleteRows(Position at) implements HideRule {
        @Override
        public String word() {
            return "delete";
        }
    }
}
