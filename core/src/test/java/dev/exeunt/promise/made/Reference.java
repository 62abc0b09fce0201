package dev.exeunt.promise.made;

import dev.exeunt.postgres.Quote;
import java.util.List;

/**
 * A foreign key.
 *
 * @param columns of the child, pairwise with those of the parent
 * @param oneToOne each row refers to the row of its own number
 * @param further after the columns: what happens on delete, when it is checked …
 */
public record Reference(
        MadeTable child,
        List<String> columns,
        MadeTable parent,
        List<String> parentColumns,
        boolean nullable,
        boolean oneToOne,
        boolean notValid,
        String further) {

    public Reference {
        columns = List.copyOf(columns);
        parentColumns = List.copyOf(parentColumns);
    }

    String sql() {
        return "ALTER TABLE " + child.quoted() + " ADD FOREIGN KEY (" + Quote.identifiers(columns) + ") REFERENCES "
                + parent.quoted() + " (" + Quote.identifiers(parentColumns) + ")" + further
                + (notValid ? " NOT VALID" : "") + ";\n";
    }
}
