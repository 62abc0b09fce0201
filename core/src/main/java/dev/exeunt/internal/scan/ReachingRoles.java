package dev.exeunt.internal.scan;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.TableInheritance;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import java.util.List;

/** Finds the roles whose statements reach the rows of a table: its own, and those of each table that it inherits from. */
final class ReachingRoles {

    private final Plan plan;
    private final TableInheritance ancestry;

    ReachingRoles(Plan plan, DatabaseSchema schema) {
        this.plan = plan;
        this.ancestry = new TableInheritance(schema);
    }

    /** Returns the roles as roles of this very table, mapped or not. */
    List<PlannedRole> of(Table table) {
        return ancestry.withAncestors(table.name()).stream()
                .flatMap(name -> plan.tables().stream().filter(t -> t.name().equals(name)))
                .map(t -> t.name().equals(table.name()) ? t : t.onInheritingTable(table))
                .map(PlannedTable::roles)
                .flatMap(List::stream)
                .toList();
    }
}
