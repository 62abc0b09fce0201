package dev.exeunt.map;

import java.util.List;

/** What happens to a role's rows at the request, until the grace period ends. */
public sealed interface Hide {

    Position at();

    /** Column rules that go along; empty but for {@link Set}. */
    default List<ColumnRule> rules() {
        return List.of();
    }

    /** The word a map uses for it. */
    String word();

    /** Columns are set, and set back to what they were if the person comes back. */
    record Set(List<ColumnRule> rules, Position at) implements Hide {
        public Set {
            rules = List.copyOf(rules);
        }

        @Override
        public String word() {
            return "set";
        }
    }

    /** The rows are moved out of the table, and back exactly if the person comes back. */
    record Stash(Position at) implements Hide {
        @Override
        public String word() {
            return "stash";
        }
    }

    /** The rows go for good: sessions, tokens. */
    record Delete(Position at) implements Hide {
        @Override
        public String word() {
            return "delete";
        }
    }
}
