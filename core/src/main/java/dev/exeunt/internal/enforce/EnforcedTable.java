package dev.exeunt.internal.enforce;

import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.util.List;

/**
 * What is enforced on one table.
 *
 * @param absent links whose rows the application does not see while their person is hidden, and after the erasure
 * @param refusing links by which a locked person makes no new rows
 * @param parts the tables below it, partitions and inheriting tables, at any depth
 */
record EnforcedTable(Table table, List<EnforcedLink> absent, List<EnforcedLink> refusing, List<TablePart> parts) {

    EnforcedTable {
        absent = List.copyOf(absent);
        refusing = List.copyOf(refusing);
        parts = List.copyOf(parts);
    }

    EnforcedTable withParts(List<TablePart> others) {
        return new EnforcedTable(table, absent, refusing, others);
    }

    /**
     * A table below another.
     *
     * @param partition whether the triggers of the table above are its own as well
     */
    record TablePart(TableName name, boolean partition) {}
}
