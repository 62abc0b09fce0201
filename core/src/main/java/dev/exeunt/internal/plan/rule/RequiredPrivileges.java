package dev.exeunt.internal.plan.rule;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedJoin;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.schema.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists the tables a plan uses and the rights it needs on them. */
public final class RequiredPrivileges {

    private RequiredPrivileges() {}

    /** Returns the tables that the map does not describe but whose columns an export reads; each once. */
    public static List<PlannedJoin> joinedTables(BoundMap bound) {
        Map<TableName, PlannedJoin> joined = new LinkedHashMap<>();
        bound.roles().stream()
                .flatMap(r -> r.joins().stream())
                .filter(j -> bound.planned(j.table().name()).isEmpty())
                .forEach(j -> joined.putIfAbsent(j.table().name(), j));
        return List.copyOf(joined.values());
    }

    /** Returns the rights that a plan needs on a table. Locking rows takes UPDATE, so a table that is only deleted from needs it too. */
    public static List<String> onTable(PlannedTable table) {
        List<String> needed = new ArrayList<>(List.of("SELECT"));
        if (table.roles().stream().anyMatch(PlannedRole::writes)) {
            needed.add("UPDATE");
        }
        if (!table.deleting().isEmpty()) {
            needed.add("DELETE");
        }
        return needed;
    }
}
