package dev.exeunt.internal.map;

import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.TimeSpan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what becomes of a role's rows when the person is erased. */
public sealed interface Fate extends RowTreatment {

    /** The rows are deleted. */
    record Delete(Position at) implements Fate {
        @Override
        public RowOutcome outcome() {
            return RowOutcome.DELETE;
        }
    }

    /** The rows stay, the link too; columns are overwritten. */
    record Anonymize(List<ColumnRule> rules, List<LocatedText> retain, Position at) implements Fate {
        public Anonymize {
            rules = List.copyOf(rules);
            retain = List.copyOf(retain);
        }

        @Override
        public RowOutcome outcome() {
            return RowOutcome.ANONYMIZE;
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
        public RowOutcome outcome() {
            return RowOutcome.DETACH;
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
        public RowOutcome outcome() {
            return RowOutcome.REASSIGN;
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

        private static final String FOLLOWS = "follows ";
        private static final String UNTIL_DECIDED = ", to be decided";
        private static final String PART_OF = "part of ";

        public Keep {
            rules = List.copyOf(rules);
            retain = List.copyOf(retain);
        }

        /** Returns the reason that a draft gives for rows below those that it asks about. */
        public static String reasonFollowing(String asked) {
            return FOLLOWS + asked + UNTIL_DECIDED;
        }

        /** Whether a draft keeps the rows only until the question about other rows is answered. */
        public boolean followsQuestion() {
            return reason.startsWith(FOLLOWS) && reason.endsWith(UNTIL_DECIDED);
        }

        /** Returns the reason that a draft gives for rows that hang off a row that stays. */
        public static String reasonPartOf(String parent) {
            return PART_OF + parent;
        }

        /** Whether a draft keeps the rows only because the row stays that they hang off. */
        public boolean isPartOf(String parent) {
            return reason.equals(reasonPartOf(parent));
        }

        /** For people: {@code 6y, then delete}; null for as long as the reason holds. */
        public @Nullable String howLong() {
            return period == null ? null : period + (thenDelete ? ", then delete" : "");
        }

        @Override
        public RowOutcome outcome() {
            return RowOutcome.KEEP;
        }

        @Override
        public Optional<Keep> keep() {
            return Optional.of(this);
        }
    }

    /** The flow does not concern the rows: <em>delete my data</em> leaves the account as it is. */
    record Untouched(Position at) implements Fate {
        @Override
        public RowOutcome outcome() {
            return RowOutcome.LEAVE_ALONE;
        }
    }

    /** What {@code init} writes where only a person can say. */
    record Undecided(Position at) implements Fate {
        @Override
        public RowOutcome outcome() {
            return RowOutcome.UNDECIDED;
        }
    }

    /** Marks a role for which the map specifies no fate; {@link #at()} is where it should stand. */
    record Unspecified(Position at) implements Fate {
        @Override
        public RowOutcome outcome() {
            return RowOutcome.UNSPECIFIED;
        }
    }
}
