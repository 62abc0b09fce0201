package dev.exeunt.internal.draft.model;

import dev.exeunt.internal.schema.ForeignKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How rows of a table belong to a person, as the draft will write it. */
public sealed interface DraftLink {

    List<String> columns();

    /** The foreign key behind it, declared or told by names; null where there is none. */
    @Nullable
    ForeignKey key();

    default boolean inferred() {
        ForeignKey key = key();
        return key == null || !key.declared();
    }

    /** Links the subject's own row to the subject. */
    record DraftSelfLink() implements DraftLink {
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
     * Links a row by columns that hold the subject's key.
     *
     * @param where narrows a polymorphic link, or null
     */
    record DraftDirectLink(
            List<String> columns,
            @Nullable ForeignKey key,
            @Nullable String where) implements DraftLink {}

    /** Links a row through the row that its foreign key refers to. */
    record DraftThroughLink(ForeignKey key) implements DraftLink {
        @Override
        public List<String> columns() {
            return key.columns();
        }
    }

    /** Links a row through a row of another table whose foreign key refers to it. */
    record DraftReverseLink(ForeignKey key) implements DraftLink {
        @Override
        public List<String> columns() {
            return key.parentColumns();
        }
    }

    /** Represents a link of an existing map that a draft would never propose and therefore leaves alone. */
    record OpaqueLink(List<String> columns) implements DraftLink {
        @Override
        public @Nullable ForeignKey key() {
            return null;
        }
    }

    /**
     * Links a row by the value of one of the subject's identifiers.
     *
     * @param unique whether an index proves that no two people hold the same value
     */
    record DraftIdentifierLink(String identifier, String column, boolean unique) implements DraftLink {
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
