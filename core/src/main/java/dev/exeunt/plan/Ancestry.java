package dev.exeunt.plan;

import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.Table;
import dev.exeunt.schema.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Inheritance other than by partitioning: a statement that names a table reaches the rows of those below it, too. */
final class Ancestry {

    private final DatabaseSchema schema;
    private final Map<TableName, Table> byName;

    Ancestry(DatabaseSchema schema) {
        this.schema = schema;
        this.byName = schema.byName();
    }

    /** The table and all it inherits from. */
    Set<TableName> of(TableName name) {
        Set<TableName> ancestry = new LinkedHashSet<>();
        Deque<TableName> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            TableName next = open.remove();
            Table table = byName.get(next);
            if (ancestry.add(next) && table != null) {
                open.addAll(table.inheritanceParents());
            }
        }
        return ancestry;
    }

    /** Foreign keys by every table whose name reaches the rows they refer to. */
    Map<TableName, List<ForeignKey>> inbound() {
        Map<TableName, List<ForeignKey>> inbound = new HashMap<>();
        schema.inbound()
                .forEach((parent, keys) -> of(parent)
                        .forEach(t -> inbound.computeIfAbsent(t, p -> new ArrayList<>())
                                .addAll(keys)));
        return inbound;
    }
}
