package dev.exeunt.plan;

import dev.exeunt.map.DataMap;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.Table;
import dev.exeunt.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A map whose every name has been found in the schema: what the findings are looked for in.
 *
 * @param tables in the map's order
 * @param inbound foreign keys by the table whose name reaches the rows they refer to
 */
record Bound(
        DataMap map,
        DatabaseSchema schema,
        PlannedSubject subject,
        List<PlannedTable> tables,
        Set<TableName> notPersonal,
        Ancestry ancestry,
        Map<TableName, List<ForeignKey>> inbound) {

    List<ForeignKey> referringTo(Table table) {
        return inbound.getOrDefault(table.name(), List.of());
    }

    Optional<PlannedTable> planned(TableName name) {
        return tables.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    List<PlannedRole> roles() {
        return tables.stream().flatMap(t -> t.roles().stream()).toList();
    }

    RoleId self() {
        return new RoleId(subject.table().name(), dev.exeunt.map.Role.SELF);
    }
}
