package dev.exeunt.internal.erase;

import dev.exeunt.erase.Receipt;
import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.sideeffect.SideEffectCheck.OwnWrites;
import dev.exeunt.internal.sideeffect.WrittenRows.RowCount;
import dev.exeunt.map.TimeSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts the rows that an erasure deleted and changed, by table. */
final class ErasureCounts {

    private final Map<TableName, Long> deleted = new HashMap<>();
    private final Map<TableName, Long> changed = new HashMap<>();
    private final Set<TableName> repeated = new HashSet<>();

    /** PostgreSQL counts rows of a statement that was rolled back as written: of these tables more than there are. */
    void repeated(List<TableName> tables) {
        repeated.addAll(tables);
    }

    void add(boolean update, TableName table, long rows) {
        (update ? changed : deleted).merge(table, rows, Long::sum);
    }

    /** What the steps wrote. */
    OwnWrites own() {
        Map<TableName, RowCount> rows = new HashMap<>();
        deleted.forEach((table, n) -> rows.merge(table, new RowCount(0, 0, n), RowCount::plus));
        changed.forEach((table, n) -> rows.merge(table, new RowCount(0, n, 0), RowCount::plus));
        return new OwnWrites(rows, repeated);
    }

    /** For the receipt: every table of the plan, also those without a row. */
    List<Receipt.TableReceipt> tables(SubjectRows reach) {
        List<Receipt.TableReceipt> tables = new ArrayList<>();
        for (PlannedTable table : reach.plan().tables()) {
            List<Receipt.RoleReceipt> roles =
                    table.roles().stream().map(r -> role(r, reach)).toList();
            tables.add(new Receipt.TableReceipt(
                    table.name().toString(),
                    deleted.getOrDefault(table.name(), 0L),
                    changed.getOrDefault(table.name(), 0L),
                    roles));
        }
        return tables;
    }

    private Receipt.RoleReceipt role(PlannedRole role, SubjectRows reach) {
        Optional<Fate.Keep> keep = role.fate().keep();
        return new Receipt.RoleReceipt(
                role.id().role(),
                role.fate().word(),
                reach.plan().leaves().contains(role.id())
                        ? deleted.getOrDefault(role.table().name(), 0L)
                        : reach.rows(role),
                keep.map(Fate.Keep::reason).orElse(null),
                keep.map(Fate.Keep::basis).orElse(null),
                keep.map(Fate.Keep::period).map(TimeSpan::toString).orElse(null),
                reach.sharedRows(role));
    }
}
