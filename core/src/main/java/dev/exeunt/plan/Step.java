package dev.exeunt.plan;

import java.util.List;

/** One statement of an erasure. */
public sealed interface Step {

    /** Why it stands where it does, for people. */
    String why();

    /** Rows that stay are overwritten: anonymised, detached, reassigned, all roles of the table in one statement. */
    record Update(PlannedTable table, String why) implements Step {}

    /**
     * Rows go. Several tables where they refer to each other in a circle, which only one statement for all can delete.
     */
    record Delete(List<PlannedTable> tables, String why) implements Step {
        public Delete {
            tables = List.copyOf(tables);
        }
    }
}
