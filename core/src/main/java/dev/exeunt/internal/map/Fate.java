package dev.exeunt.internal.map;

import dev.exeunt.map.LocatedText;
import dev.exeunt.map.Position;
import dev.exeunt.map.TimeSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a role's rows when the person is erased. */
public sealed interface Fate {

    Position at();

    /** Column rules that go along; empty for {@link Delete}. */
    default List<ColumnRule> rules() {
        return List.of();
    }

    /** Columns that stay on purpose. */
    default List<LocatedText> retain() {
        return List.of();
    }

    /** The word a map uses for it. */
    String word();

    /** The rows go. */
    record Delete(Position at) implements Fate {
        @Override
        public String word() {
            return "delete";
        }
    }

    /** The rows stay, the link too; columns are overwritten. */
    record Anonymize(List<ColumnRule> rules, List<LocatedText> retain, Position at) implements Fate {
        public Anonymize {
            rules = List.copyOf(rules);
            retain = List.copyOf(retain);
        }

        @Override
        public String word() {
            return "anonymize";
        }
    }

    /**
     * The rows stay, the link becomes NULL.
     *
     * @param columns which of the link's columns to empty; empty means all of them
     */
    record Detach(List<LocatedText> columns, List<ColumnRule> rules, List<LocatedText> retain, Position at)
            implements Fate {
        public Detach {
            columns = List.copyOf(columns);
            rules = List.copyOf(rules);
            retain = List.copyOf(retain);
        }

        @Override
        public String word() {
            return "detach";
        }
    }

    /** The rows stay, the link becomes a standing ghost's key (one text per link column). */
    record Reassign(List<String> key, List<ColumnRule> rules, List<LocatedText> retain, Position at) implements Fate {
        public Reassign {
            key = List.copyOf(key);
            rules = List.copyOf(rules);
            retain = List.copyOf(retain);
        }

        @Override
        public String word() {
            return "reassign";
        }
    }

    /**
     * The rows stay as they are, but for the rules.
     *
     * @param basis legal basis, e.g. {@code legal-claims}; a keep that has one wins over the erasing fates of other roles
     * @param period null for as long as the reason holds
     * @param thenDelete whether rows that an erasure kept go when the period is over
     */
    record Keep(
            String reason,
            @Nullable String basis,
            @Nullable TimeSpan period,
            boolean thenDelete,
            List<ColumnRule> rules,
            List<LocatedText> retain,
            Position at)
            implements Fate {
        public Keep {
            rules = List.copyOf(rules);
            retain = List.copyOf(retain);
        }

        /** For people: {@code 6y, then delete}; null for as long as the reason holds. */
        public @Nullable String howLong() {
            return period == null ? null : period + (thenDelete ? ", then delete" : "");
        }

        @Override
        public String word() {
            return "keep";
        }
    }

    /** The flow does not concern the rows: <em>delete my data</em> leaves the account as it is. */
    record Untouched(Position at) implements Fate {
        @Override
        public String word() {
            return "leave alone";
        }
    }

    /** What {@code init} writes where only a person can say. */
    record Undecided(Position at) implements Fate {
        @Override
        public String word() {
            return "undecided";
        }
    }

    /** Marks a role for which the map specifies no fate; {@link #at()} is where it should stand. */
    record Unspecified(Position at) implements Fate {
        @Override
        public String word() {
            return "nothing";
        }
    }
}
