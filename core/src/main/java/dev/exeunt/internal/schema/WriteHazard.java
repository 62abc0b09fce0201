package dev.exeunt.internal.schema;

import java.util.List;

/**
 * Describes a constraint, publication, partition key or materialized view that affects writing to a table.
 *
 * @param name of the constraint, publication or view
 * @param columns it is about; empty where it is about the table
 */
public record WriteHazard(WriteHazardKind kind, String name, List<String> columns) {

    public WriteHazard {
        columns = List.copyOf(columns);
    }

    /** Lists the kinds of write hazards that Exeunt looks for. */
    public enum WriteHazardKind {
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
