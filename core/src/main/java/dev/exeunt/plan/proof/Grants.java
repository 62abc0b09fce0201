package dev.exeunt.plan.proof;

import dev.exeunt.map.DataMap;
import dev.exeunt.map.Flow;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.bind.Binder;
import dev.exeunt.postgres.Quote;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rights a role needs for a map, as statements to run. */
public final class Grants {

    private static final Comparator<String> IN_ORDER =
            Comparator.comparing(List.of("SELECT", "UPDATE", "DELETE")::indexOf);

    private Grants() {}

    /**
     * USAGE on every schema, and on each mapped table SELECT, UPDATE where rows are changed or locked, DELETE where they go;
     * SELECT on tables whose columns the export takes along; whatever the flow, of those that the map offers. The map needs not be without findings, but its names must be the database's.
     *
     * @throws MapInvalidException where names are unknown
     */
    public static List<String> of(DataMap map, DatabaseSchema schema, String role) {
        Map<TableName, Set<String>> needed = new TreeMap<>();
        for (Flow flow : Planner.flows(map)) {
            BoundMap bound = Binder.bind(map.forFlow(flow), schema);
            bound.tables()
                    .forEach(t -> needed.computeIfAbsent(t.name(), n -> new TreeSet<>(IN_ORDER))
                            .addAll(Access.needed(t)));
            Access.joined(bound).forEach(j -> needed.put(j.table().name(), Set.of("SELECT")));
        }
        String grantee = Quote.identifier(role);
        List<String> statements = new ArrayList<>();
        needed.keySet().stream()
                .map(TableName::schema)
                .distinct()
                .sorted()
                .forEach(s -> statements.add("GRANT USAGE ON SCHEMA " + Quote.identifier(s) + " TO " + grantee + ";"));
        needed.forEach((table, rights) -> statements.add(grant(rights, table, grantee)));
        return statements;
    }

    static String grant(Collection<String> rights, TableName table, String quotedRole) {
        return "GRANT " + String.join(", ", rights) + " ON " + table.quoted() + " TO " + quotedRole + ";";
    }
}
