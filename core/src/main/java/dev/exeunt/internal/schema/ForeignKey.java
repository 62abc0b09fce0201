package dev.exeunt.internal.schema;

import java.util.List;

/**
 * A foreign key, from the child's side.
 *
 * @param name empty where no constraint declares it, and only the names of columns tell of it
 * @param columns of the child, pairwise with {@link #parentColumns}
 * @param setColumns the columns {@code ON DELETE SET NULL (…)} names; all of {@link #columns} where it names none
 * @param matchFull {@code MATCH FULL}: all columns NULL or none
 */
public record ForeignKey(
        String name,
        TableName child,
        List<String> columns,
        TableName parent,
        List<String> parentColumns,
        ReferentialAction onDelete,
        ReferentialAction onUpdate,
        List<String> setColumns,
        boolean matchFull,
        boolean deferrable,
        boolean validated) {

    public ForeignKey {
        columns = List.copyOf(columns);
        parentColumns = List.copyOf(parentColumns);
        setColumns = List.copyOf(setColumns);
    }

    /** Whether the database knows it. One that only names tell of has no name. */
    public boolean declared() {
        return !name.isEmpty();
    }

    public boolean selfReference() {
        return child.equals(parent);
    }

    /** Lists what the database does to a child row when its parent row is deleted or updated. */
    public enum ReferentialAction {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT;

        /** {@code ON DELETE} words. */
        public String sql() {
            return name().replace('_', ' ');
        }
    }

    /** {@code comments.author_id → users.id} */
    @Override
    public String toString() {
        return child + "." + String.join(", ", columns) + " → " + parent + "." + String.join(", ", parentColumns);
    }
}
