package dev.exeunt.internal.map;

import dev.exeunt.map.Finding.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a row belongs to a person. */
public sealed interface Link {

    Position at();

    /** A trusted SQL expression over the row's columns that narrows the link, or null. */
    @Nullable
    LocatedText where();

    /** Links the subject's own row to the subject. */
    record SelfLink(Position at) implements Link {
        @Override
        public @Nullable LocatedText where() {
            return null;
        }
    }

    /** Links a row by columns that hold the subject's key, with or without a foreign key. */
    record DirectLink(List<LocatedText> columns, @Nullable LocatedText where, Position at) implements Link {
        public DirectLink {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Links a row through rows of another role, in either direction of the reference.
     *
     * @param roles which roles of that table: {@code role: author} or {@code role: [author, below]}; empty where the table
     *     has only one. A role that names itself reaches a tree of rows, however deep
     * @param on columns of this table; they hold the columns a foreign key refers to, else that table's primary key; empty
     *     where {@code by} is said
     * @param by columns of that table; they hold the columns of this one that a foreign key refers to, else this one's primary
     *     key; empty where {@code on} is said
     */
    record ThroughLink(
            TableReference table,
            List<LocatedText> roles,
            List<LocatedText> on,
            List<LocatedText> by,
            @Nullable LocatedText where,
            Position at)
            implements Link {
        public ThroughLink {
            roles = List.copyOf(roles);
            on = List.copyOf(on);
            by = List.copyOf(by);
            if (on.isEmpty() == by.isEmpty()) {
                throw new IllegalArgumentException("a link through a table is on columns here or by columns there");
            }
        }
    }

    /**
     * Links a row by the value of one of the subject's identifiers, ignoring case.
     *
     * @param shared whose the rows are where another present person holds the value as well; null where the map leaves it out
     */
    record IdentifierLink(
            LocatedText identifier,
            LocatedText on,
            @Nullable SharedValueRule shared,
            @Nullable LocatedText where,
            Position at)
            implements Link {}
}
