package dev.exeunt.plan.proof;

import dev.exeunt.map.DataMap;
import dev.exeunt.map.Flow;
import dev.exeunt.map.Hide;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.plan.bind.Binder;
import dev.exeunt.postgres.Quote;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.TableName;
import dev.exeunt.schema.trial.MapSql;
import dev.exeunt.schema.trial.TriedSql;
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
            Comparator.comparing(List.of("SELECT", "INSERT", "UPDATE", "DELETE")::indexOf);

    private Grants() {}

    /**
     * USAGE on every schema. On each mapped table SELECT, UPDATE where rows are changed or locked, DELETE where they go, INSERT where
     * hidden rows come back. SELECT on tables whose columns the export takes along, that SQL of the map reads, or that rows which come back
     * refer to; UPDATE besides on what guards read, since it is locked. For every flow that the map offers. The map may have
     * findings, but its names must be the database's.
     *
     * @param tried what the database says of {@link Planner#sql}
     * @throws MapInvalidException where names are unknown
     */
    public static List<String> of(DataMap map, DatabaseSchema schema, TriedSql tried, String role) {
        Map<TableName, Set<String>> needed = new TreeMap<>();
        for (Flow flow : Planner.flows(map)) {
            BoundMap bound = Binder.bind(map.forFlow(flow), schema);
            bound.tables().forEach(t -> mapped(t, needed));
            Access.joined(bound).forEach(j -> need(needed, j.table().name(), "SELECT"));
            TrustedSql.of(bound).forEach(sql -> read(tried, sql.text()).forEach(t -> need(needed, t, "SELECT")));
            bound.map().lifecycle().guards().stream()
                    .flatMap(g -> read(tried, TrustedSql.query(bound, g.sql())).stream())
                    .forEach(t -> need(needed, t, "UPDATE"));
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

    private static void mapped(PlannedTable table, Map<TableName, Set<String>> needed) {
        Access.needed(table).forEach(right -> need(needed, table.name(), right));
        if (table.roles().stream().anyMatch(r -> r.hiding().how() instanceof Hide.Stash)) {
            need(needed, table.name(), "INSERT");
            table.table().foreignKeys().forEach(key -> need(needed, key.parent(), "SELECT"));
        }
    }

    private static void need(Map<TableName, Set<String>> needed, TableName table, String right) {
        needed.computeIfAbsent(table, n -> new TreeSet<>(IN_ORDER)).add(right);
    }

    private static List<TableName> read(TriedSql tried, MapSql sql) {
        return tried.of(sql).map(v -> v.insides().tables()).orElse(List.of());
    }

    static String grant(Collection<String> rights, TableName table, String quotedRole) {
        return "GRANT " + String.join(", ", rights) + " ON " + table.quoted() + " TO " + quotedRole + ";";
    }
}
