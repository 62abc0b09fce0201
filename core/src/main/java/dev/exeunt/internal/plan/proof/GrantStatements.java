package dev.exeunt.internal.plan.proof;

import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.bind.MapBinder;
import dev.exeunt.internal.plan.rule.GrantSql;
import dev.exeunt.internal.plan.rule.RequiredPrivileges;
import dev.exeunt.internal.plan.text.LocatedSql;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.trial.MapSql;
import dev.exeunt.internal.schema.trial.SqlValidationResult;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.MapInvalidException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes the GRANT statements that a database role needs for a map. */
public final class GrantStatements {

    private static final Comparator<String> IN_ORDER =
            Comparator.comparing(List.of("SELECT", "INSERT", "UPDATE", "DELETE")::indexOf);

    private GrantStatements() {}

    /**
     * USAGE on every schema. On each mapped table SELECT, UPDATE where rows are changed or locked, DELETE where they go, INSERT where
     * hidden rows come back. SELECT on tables whose columns the export takes along, that SQL of the map reads, or that rows which come back
     * refer to; UPDATE besides on what guards read, since it is locked. For every flow that the map offers. The map may have
     * findings, but its names must be the database's.
     *
     * @param tried what the database says of {@link MapChecker#sql}
     * @throws MapInvalidException where names are unknown
     */
    public static List<String> of(MapDefinition map, DatabaseSchema schema, SqlValidationResult tried, String role) {
        Map<TableName, Set<String>> needed = new TreeMap<>();
        for (AccountFlow flow : PlannedFlows.of(map)) {
            BoundMap bound = MapBinder.bind(map.forFlow(flow), schema);
            bound.tables().forEach(t -> mapped(t, needed));
            RequiredPrivileges.joinedTables(bound)
                    .forEach(j -> need(needed, j.table().name(), "SELECT"));
            LocatedSql.of(bound).forEach(sql -> read(tried, sql.text()).forEach(t -> need(needed, t, "SELECT")));
            bound.map().lifecycle().guards().stream()
                    .flatMap(g -> read(tried, LocatedSql.query(bound, g.sql())).stream())
                    .forEach(t -> need(needed, t, "UPDATE"));
        }
        List<String> statements = new ArrayList<>();
        needed.keySet().stream()
                .map(TableName::schema)
                .distinct()
                .sorted()
                .forEach(schemaName -> statements.add(GrantSql.usage(schemaName, role)));
        needed.forEach((table, rights) -> statements.add(GrantSql.grant(rights, table, role)));
        return statements;
    }

    private static void mapped(PlannedTable table, Map<TableName, Set<String>> needed) {
        RequiredPrivileges.onTable(table).forEach(right -> need(needed, table.name(), right));
        if (table.roles().stream()
                .anyMatch(r -> r.isSwept() || !r.hiding().outcome().leavesRowsAlone())) {
            need(needed, table.name(), "UPDATE"); // the sweep locks the rows that it deletes
        }
        if (table.roles().stream()
                .anyMatch(r -> r.isSwept() || r.hiding().outcome().removesRows())) {
            need(needed, table.name(), "DELETE");
        }
        if (table.roles().stream().anyMatch(r -> r.hiding().outcome().putsRowsAside())) {
            need(needed, table.name(), "INSERT");
            table.table().foreignKeys().forEach(key -> need(needed, key.parent(), "SELECT"));
        }
    }

    private static void need(Map<TableName, Set<String>> needed, TableName table, String right) {
        needed.computeIfAbsent(table, n -> new TreeSet<>(IN_ORDER)).add(right);
    }

    private static List<TableName> read(SqlValidationResult tried, MapSql sql) {
        return tried.of(sql).map(v -> v.insides().tables()).orElse(List.of());
    }
}
