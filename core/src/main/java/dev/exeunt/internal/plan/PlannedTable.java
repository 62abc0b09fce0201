package dev.exeunt.internal.plan;

import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.DataMap.TableWords;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A mapped table and its roles, in the map's order.
 *
 * @param words what people read about it
 * @param files its columns that name files in a store
 */
public record PlannedTable(
        Table table, String section, TableWords words, List<PlannedFile> files, List<PlannedRole> roles) {

    public PlannedTable {
        files = List.copyOf(files);
        roles = List.copyOf(roles);
    }

    public TableName name() {
        return table.name();
    }

    public List<PlannedRole> deleting() {
        return roles.stream().filter(PlannedRole::deletes).toList();
    }

    public List<PlannedRole> assigning() {
        return roles.stream().filter(r -> !r.assignments().isEmpty()).toList();
    }

    public List<PlannedRole> keptByLaw() {
        return roles.stream().filter(PlannedRole::keptByLaw).toList();
    }

    /** Roles of which the person gets anything. */
    public List<PlannedRole> exported() {
        return roles.stream().filter(r -> !r.export().none()).toList();
    }

    public PlannedTable with(UnaryOperator<PlannedRole> change) {
        return new PlannedTable(
                table, section, words, files, roles.stream().map(change).toList());
    }

    /** What its roles do to the rows of a table that inherits from it. */
    public PlannedTable onInheritingTable(Table below) {
        return new PlannedTable(
                below,
                section,
                words,
                files,
                roles.stream().map(r -> r.onInheritingTable(below)).toList());
    }
}
