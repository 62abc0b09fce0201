package dev.exeunt.plan.proof;

import dev.exeunt.map.DataMap;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.PlannedJoin;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.plan.bind.Binder;
import dev.exeunt.postgres.Quote;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rights a role needs for a map, as statements to run. */
public final class Grants {

    private Grants() {}

    /**
     * USAGE on every schema, and on each mapped table SELECT, UPDATE where rows are changed or locked, DELETE where they go;
     * SELECT on tables whose columns the export takes along.
     * The map needs not be without findings, but its names must be the database's.
     *
     * @throws MapInvalidException where names are unknown
     */
    public static List<String> of(DataMap map, DatabaseSchema schema, String role) {
        Binder binder = new Binder(map, schema);
        Optional<BoundMap> bound = binder.bind();
        List<PlannedTable> tables = bound.map(BoundMap::tables).orElse(List.of());
        List<PlannedJoin> joined = bound.map(Access::joined).orElse(List.of());
        if (!binder.findings().isEmpty()) {
            throw new MapInvalidException(binder.findings());
        }
        String grantee = Quote.identifier(role);
        List<String> statements = new ArrayList<>();
        Stream.concat(tables.stream().map(PlannedTable::table), joined.stream().map(PlannedJoin::table))
                .map(t -> t.name().schema())
                .distinct()
                .sorted()
                .forEach(s -> statements.add("GRANT USAGE ON SCHEMA " + Quote.identifier(s) + " TO " + grantee + ";"));
        tables.stream()
                .sorted(Comparator.comparing(PlannedTable::name))
                .forEach(t -> statements.add(grant(Access.needed(t), t.name(), grantee)));
        joined.forEach(j -> statements.add(grant(List.of("SELECT"), j.table().name(), grantee)));
        return statements;
    }

    private static String grant(List<String> rights, TableName table, String quotedRole) {
        return "GRANT " + String.join(", ", rights) + " ON " + table.quoted() + " TO " + quotedRole + ";";
    }
}
