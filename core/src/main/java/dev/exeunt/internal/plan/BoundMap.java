package dev.exeunt.internal.plan;

import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A map whose every name has been found in the schema: what the findings are looked for in. Whether it can be carried out
 * is another question, which {@code plan.proof} answers. Immutable.
 */
public final class BoundMap {

    private final MapDefinition map;
    private final FoundNames names;
    private final PlannedSubject subject;
    private final List<PlannedTable> tables;
    private final Map<TableName, PlannedTable> byName = new HashMap<>();

    /**
     * Holds a schema and what the map's names mean in it.
     *
     * @param entries the map's own, by the table they were found to mean
     * @param notPersonal the tables that the map says hold no personal data
     */
    public record FoundNames(
            DatabaseSchema schema,
            Map<TableName, MappedTable> entries,
            Set<TableName> notPersonal,
            TableInheritance ancestry) {
        public FoundNames {
            entries = Map.copyOf(entries);
            notPersonal = Set.copyOf(notPersonal);
        }
    }

    /** @param tables in the map's order */
    public BoundMap(MapDefinition map, FoundNames names, PlannedSubject subject, List<PlannedTable> tables) {
        this.map = map;
        this.names = names;
        this.subject = subject;
        this.tables = List.copyOf(tables);
        tables.forEach(table -> byName.putIfAbsent(table.name(), table));
    }

    public MapDefinition map() {
        return map;
    }

    public DatabaseSchema schema() {
        return names.schema();
    }

    public PlannedSubject subject() {
        return subject;
    }

    /** The tables that the map describes, in its order. */
    public List<PlannedTable> tables() {
        return tables;
    }

    /** The map's own entries, by the table they were found to mean. */
    public Map<TableName, MappedTable> entries() {
        return names.entries();
    }

    /** The tables that the map says hold no personal data. */
    public Set<TableName> notPersonal() {
        return names.notPersonal();
    }

    public TableInheritance ancestry() {
        return names.ancestry();
    }

    /** Foreign keys that refer to rows which the table's name reaches. */
    public List<ForeignKey> referringTo(Table table) {
        return names.ancestry().inbound(table.name());
    }

    /** The same tables under another map, alike in what was bound. */
    public BoundMap withMap(MapDefinition other) {
        return new BoundMap(other, names, subject, tables);
    }

    /** The same map with other things done to its rows. */
    public BoundMap withTables(List<PlannedTable> others) {
        return new BoundMap(map, names, subject, others);
    }

    /** The same map with the same subject written in other words. */
    public BoundMap withSubject(PlannedSubject other) {
        return new BoundMap(map, names, other, tables);
    }

    /** What the map says of a table, where it describes it. */
    public Optional<PlannedTable> planned(TableName name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The map's own entry for a table, where it has one. */
    public Optional<MappedTable> mapEntry(TableName name) {
        return Optional.ofNullable(names.entries().get(name));
    }

    public List<PlannedRole> roles() {
        return tables.stream().flatMap(t -> t.roles().stream()).toList();
    }

    /** The role of the person's own row. */
    public RoleId self() {
        return new RoleId(subject.table().name(), Role.SELF);
    }

    /**
     * The tables, and after them each table that inherits from one, with that one's roles: its rows are reached and written by
     * the same statements, under constraints, indexes and triggers of its own.
     */
    public List<PlannedTable> tablesWithInheriting() {
        List<PlannedTable> written = new ArrayList<>(tables);
        for (Table below : names.schema().tables()) {
            if (below.inheritanceParents().isEmpty()) {
                continue;
            }
            names.ancestry().withAncestors(below.name()).stream()
                    .filter(above -> !above.equals(below.name()))
                    .flatMap(above -> planned(above).stream())
                    .forEach(above -> written.add(above.onInheritingTable(below)));
        }
        return written;
    }
}
