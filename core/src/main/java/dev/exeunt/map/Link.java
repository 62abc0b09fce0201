package dev.exeunt.map;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a row belongs to a person. */
public sealed interface Link {

    Position at();

    /** A trusted SQL expression over the row's columns that narrows the link, or null. */
    @Nullable
    Word where();

    /** The row is the subject's own row. */
    record Self(Position at) implements Link {
        @Override
        public @Nullable Word where() {
            return null;
        }
    }

    /** {@code subject: user_id}: these columns hold the subject's key, with or without a foreign key. */
    record Direct(List<Word> columns, @Nullable Word where, Position at) implements Link {
        public Direct {
            columns = List.copyOf(columns);
        }
    }

    /**
     * {@code through: catches, on: catch_id}: the row hangs off a row of theirs; or {@code through: catches, by: photo_id}: a
     * row of theirs refers to it.
     *
     * @param roles which roles of that table: {@code role: author} or {@code role: [author, below]}; empty where the table
     *     has only one. A role that names itself reaches a tree of rows, however deep
     * @param on columns of this table; they hold the columns a foreign key refers to, else that table's primary key; empty
     *     where {@code by} is said
     * @param by columns of that table; they hold the columns of this one that a foreign key refers to, else this one's primary
     *     key; empty where {@code on} is said
     */
    record Through(
            TableRef table,
            List<Word> roles,
            List<Word> on,
            List<Word> by,
            @Nullable Word where,
            Position at) implements Link {
        public Through {
            roles = List.copyOf(roles);
            on = List.copyOf(on);
            by = List.copyOf(by);
            if (on.isEmpty() == by.isEmpty()) {
                throw new IllegalArgumentException("a link through a table is on columns here or by columns there");
            }
        }
    }

    /** {@code matches: email, on: email}: by value, whatever its case. */
    record Matches(Word identifier, Word on, @Nullable Word where, Position at) implements Link {}
}
