package dev.exeunt.draft.model;

import dev.exeunt.schema.ForeignKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How rows of a table belong to a person, as the draft will write it. */
public sealed interface DraftLink {

    List<String> columns();

    /** The foreign key behind it; null where it was inferred. */
    @Nullable
    ForeignKey key();

    default boolean inferred() {
        return key() == null;
    }

    record Self() implements DraftLink {
        @Override
        public List<String> columns() {
            return List.of();
        }

        @Override
        public @Nullable ForeignKey key() {
            return null;
        }

        @Override
        public boolean inferred() {
            return false;
        }
    }

    /**
     * To the subject's key.
     *
     * @param where narrows a polymorphic link, or null
     */
    record Direct(
            List<String> columns,
            @Nullable ForeignKey key,
            @Nullable String where) implements DraftLink {}

    /** To rows of another table, or of its own; which roles of it, the role knows. */
    record Through(ForeignKey key) implements DraftLink {
        @Override
        public List<String> columns() {
            return key.columns();
        }
    }

    /** To what rows of another table refer to: the key is that table's. */
    record By(ForeignKey key) implements DraftLink {
        @Override
        public List<String> columns() {
            return key.parentColumns();
        }
    }

    /** What a map says, and the draft would not: narrowed, without a key to follow, or by names that are gone. */
    record Odd(List<String> columns) implements DraftLink {
        @Override
        public @Nullable ForeignKey key() {
            return null;
        }
    }

    /** By the value of an identifier. */
    record Matches(String identifier, String column) implements DraftLink {
        @Override
        public List<String> columns() {
            return List.of(column);
        }

        @Override
        public @Nullable ForeignKey key() {
            return null;
        }
    }
}
