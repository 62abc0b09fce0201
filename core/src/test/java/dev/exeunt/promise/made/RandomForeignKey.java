package dev.exeunt.promise.made;

import dev.exeunt.internal.postgres.SqlQuoting;
import java.util.List;

/**
 * Describes a foreign key of a randomly generated table.
 *
 * @param columns of the child, pairwise with those of the parent
 * @param oneToOne each row refers to the row of its own number
 * @param further after the columns: what happens on delete, when it is checked …
 */
public record RandomForeignKey(
        RandomTable child,
        List<String> columns,
        RandomTable parent,
        List<String> parentColumns,
        boolean nullable,
        boolean oneToOne,
        boolean notValid,
        String further) {

    public RandomForeignKey {
        columns = List.copyOf(columns);
        parentColumns = List.copyOf(parentColumns);
    }

    String sql() {
        return "ALTER TABLE " + child.quoted() + " ADD FOREIGN KEY (" + SqlQuoting.identifiers(columns)
                + ") REFERENCES "
                + parent.quoted() + " (" + SqlQuoting.identifiers(parentColumns) + ")" + further
                + (notValid ? " NOT VALID" : "") + ";\n";
    }
}
