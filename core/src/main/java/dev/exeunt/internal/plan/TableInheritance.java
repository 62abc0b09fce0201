package dev.exeunt.internal.plan;

import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Knows which tables inherit from which, apart from partitioning, and which foreign keys reach inherited rows. */
public final class TableInheritance {

    private final Map<TableName, Table> byName;
    private final Map<TableName, List<ForeignKey>> inbound = new HashMap<>();

    public TableInheritance(DatabaseSchema schema) {
        this.byName = schema.byName();
        schema.inbound()
                .forEach((parent, keys) -> withAncestors(parent)
                        .forEach(t -> inbound.computeIfAbsent(t, p -> new ArrayList<>())
                                .addAll(keys)));
    }

    /** The table and all it inherits from. */
    public Set<TableName> withAncestors(TableName name) {
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

    /** Foreign keys that refer to rows which the table's name reaches. */
    List<ForeignKey> inbound(TableName name) {
        return inbound.getOrDefault(name, List.of());
    }
}
