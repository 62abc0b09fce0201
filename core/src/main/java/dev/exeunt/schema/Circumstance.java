package dev.exeunt.schema;

import java.util.List;

/**
 * Something of the catalogue, besides keys, indexes and triggers, that bears on writing to a table.
 *
 * @param name of the constraint, publication or view
 * @param columns it is about; empty where it is about the table
 */
public record Circumstance(Kind kind, String name, List<String> columns) {

    public Circumstance {
        columns = List.copyOf(columns);
    }

    public enum Kind {
        CHECK,
        EXCLUSION,
        /** the columns that decide which partition a row is in */
        PARTITION_KEY,
        /**
         * the publication would make the database refuse updates: there is no replica identity, or (by columns) it does not fit
         * what the publication leaves out; {@code *} where the identity is the whole row
         */
        REFUSES_UPDATE,
        /** as for updates, deletes */
        REFUSES_DELETE,
        /** a copy of the table's rows that outlives them until it is refreshed */
        MATERIALIZED_VIEW
    }
}
