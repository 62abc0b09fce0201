package dev.exeunt.internal.plan;

import java.util.List;

/** Represents one SQL statement of a plan, in the order in which it must run. */
public sealed interface PlanStep {

    /** Why it stands where it does, for people. */
    String why();

    /** Overwrites columns of rows that stay, for all roles of a table in one statement. */
    record UpdateStep(PlannedTable table, String why) implements PlanStep {}

    /**
     * Deletes rows of one table, or of several tables that refer to each other in a circle. Several tables where they
     * refer to each other in a circle, which only one statement for all can delete.
     */
    record DeleteStep(List<PlannedTable> tables, String why) implements PlanStep {
        public DeleteStep {
            tables = List.copyOf(tables);
        }
    }
}
