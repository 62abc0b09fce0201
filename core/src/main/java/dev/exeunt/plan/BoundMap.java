package dev.exeunt.plan;

import dev.exeunt.map.DataMap;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A map whose every name has been found in the schema. Whether it can be carried out is another question, which {@link
 * Planner#check} answers.
 *
 * @param tables in the map's order
 */
public record BoundMap(
        DataMap map,
        DatabaseSchema schema,
        PlannedSubject subject,
        List<PlannedTable> tables,
        Set<TableName> notPersonal) {

    public BoundMap {
        tables = List.copyOf(tables);
        notPersonal = Set.copyOf(notPersonal);
    }

    /** What the map says of a table, where it describes it. */
    public Optional<PlannedTable> planned(TableName name) {
        return tables.stream().filter(t -> t.name().equals(name)).findFirst();
    }
}
