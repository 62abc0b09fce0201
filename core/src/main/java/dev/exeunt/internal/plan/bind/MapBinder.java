package dev.exeunt.internal.plan.bind;

import dev.exeunt.internal.map.LifecycleSettings;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.TableInheritance;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.support.text.SpellingSuggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Binds a map to a schema: finds every named table and column, and resolves every link. */
public final class MapBinder {

    private final MapDefinition map;
    private final DatabaseSchema schema;
    private final NameResolver names;

    public MapBinder(MapDefinition map, DatabaseSchema schema) {
        this.map = map;
        this.schema = schema;
        this.names = new NameResolver(
                schema, map.tables().stream().map(t -> t.table().text()).collect(Collectors.toSet()));
    }

    /**
     * The map's tables and links as the schema has them, whatever else is wrong with the map: for those who show it.
     *
     * @throws MapInvalidException where a name is not to be found, or a link joins what cannot be compared
     */
    public static BoundMap bind(MapDefinition map, DatabaseSchema schema) {
        MapBinder binder = new MapBinder(map, schema);
        Optional<BoundMap> bound = binder.bind();
        if (bound.isEmpty() || !binder.findings().isEmpty()) {
            throw new MapInvalidException(Finding.sorted(binder.findings()));
        }
        return bound.get();
    }

    /** What could not be bound; whole once {@link #bind()} has been called. */
    public List<Finding> findings() {
        return names.findings();
    }

    /** The bound map; empty where the subject itself cannot be found. Roles with unknown names are left out. */
    public Optional<BoundMap> bind() {
        if (isForAnotherDatabase()) {
            return Optional.empty();
        }
        Optional<PlannedSubject> subject = subject();
        Map<TableName, FoundTable> found = tables();
        Set<TableName> notPersonal = new HashSet<>();
        map.notPersonal().forEach(n -> names.table(n.table()).ifPresent(t -> notPersonal.add(t.name())));
        if (subject.isEmpty()) {
            return Optional.empty();
        }
        RoleBinder roles = new RoleBinder(names, map, subject.get(), found);
        List<PlannedTable> planned = new ArrayList<>();
        found.forEach((name, table) -> {
            List<PlannedRole> bound = new ArrayList<>();
            for (Role role : table.entry().roles()) {
                roles.bind(table.entry(), table.table(), role).ifPresent(bound::add);
            }
            new JoinBinder(names).refuseOneNameTwice(table.table(), bound);
            planned.add(new PlannedTable(
                    table.table(),
                    table.entry().section(),
                    table.entry().words(),
                    new FileColumnBinder(names).bind(table.entry(), table.table(), bound),
                    bound));
        });
        contradictions(planned, notPersonal);
        Map<TableName, MappedTable> entries = new HashMap<>();
        found.forEach((name, table) -> entries.put(name, table.entry()));
        BoundMap.FoundNames meant = new BoundMap.FoundNames(schema, entries, notPersonal, new TableInheritance(schema));
        return Optional.of(new BoundMap(map, meant, subject.get(), planned));
    }

    /** Said once, instead of a finding for every table. */
    private boolean isForAnotherDatabase() {
        Set<String> known = new HashSet<>();
        schema.tables().forEach(t -> known.add(t.name().name()));
        boolean another = !known.contains(map.subject().table().name())
                && map.tables().stream().noneMatch(t -> known.contains(t.table().name()));
        if (another) {
            names.report(FindingCode.UNKNOWN_NAME.finding(
                    map.subject().table().at(),
                    map.subject().table().text(),
                    "none of the map's tables is in database " + schema.database() + ", which has "
                            + (known.isEmpty()
                                    ? "no table that role " + schema.role() + " can see"
                                    : known.size() + " others")
                            + ": the map is for another database.",
                    "connect to the database the map was written for (--db)"));
        }
        return another;
    }

    private Optional<PlannedSubject> subject() {
        Optional<Table> table = names.table(map.subject().table());
        if (table.isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Column>> key = names.columns(table.get(), map.subject().key());
        Optional<List<Column>> identifiers =
                names.columns(table.get(), map.subject().identifiers());
        if (map.subject().created() != null) {
            CreationColumnBinder.bind(names, table.get(), map.subject().created());
        }
        if (key.isEmpty() || identifiers.isEmpty()) {
            return Optional.empty();
        }
        confirmed();
        new SubjectKeyCheck(table.get(), key.get())
                .finding(map.subject().key().get(0).at())
                .ifPresent(names::report);
        return Optional.of(new PlannedSubject(
                SubjectKind.PERSON,
                table.get(),
                key.get(),
                identifiers.get(),
                map.subject().present()));
    }

    /** What people type to confirm a flow has to be something they are known by. */
    private void confirmed() {
        List<String> known =
                map.subject().identifiers().stream().map(LocatedText::text).toList();
        for (LifecycleSettings.OfferedFlow offer : map.lifecycle().offers()) {
            LocatedText confirm = offer.confirm();
            if (confirm != null && !known.contains(confirm.text())) {
                names.report(FindingCode.UNKNOWN_NAME.finding(
                        confirm.at(),
                        confirm.text(),
                        confirm + " is not among the subject's identifiers."
                                + SpellingSuggestion.hint(confirm.text(), known),
                        known.isEmpty() ? "add it to subject: identifiers" : "one of: " + String.join(", ", known)));
            }
        }
    }

    /** Holds what the map says of a table, and the table as the schema has it. */
    record FoundTable(MappedTable entry, Table table) {}

    /** The map's tables that the schema has, in the map's order. */
    private Map<TableName, FoundTable> tables() {
        Map<TableName, FoundTable> found = new LinkedHashMap<>();
        for (MappedTable tableMap : map.tables()) {
            names.table(tableMap.table()).ifPresent(table -> {
                if (found.putIfAbsent(table.name(), new FoundTable(tableMap, table)) != null) {
                    twice(tableMap.table().text(), tableMap, table.name());
                }
            });
        }
        return found;
    }

    private void twice(String text, MappedTable tableMap, TableName name) {
        names.report(FindingCode.MALFORMED.finding(
                tableMap.table().at(),
                name.toString(),
                text + " is the table " + name + ", which the map has already described.",
                "put its roles under one entry"));
    }

    private void contradictions(List<PlannedTable> planned, Set<TableName> notPersonal) {
        for (MapDefinition.NonPersonalTable entry : map.notPersonal()) {
            names.table(entry.table())
                    .filter(t -> planned.stream().anyMatch(p -> p.name().equals(t.name())))
                    .filter(t -> notPersonal.contains(t.name()))
                    .ifPresent(t -> names.report(FindingCode.MALFORMED.finding(
                            entry.table().at(),
                            t.name().toString(),
                            t.name() + " is both in tables and in not-personal.",
                            "take one of the two out")));
        }
    }
}
