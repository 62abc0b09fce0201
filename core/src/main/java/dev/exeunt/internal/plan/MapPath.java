package dev.exeunt.internal.plan;

import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.TableNameFormatter;
import java.util.List;

/** Finds the path of words, from the top of the map, at which a table's or role's entry stands. */
public final class MapPath {

    private MapPath() {}

    /** The table's entry, as the map names it; as the map would have to name it where it does not. */
    public static List<String> pathTo(BoundMap bound, TableName table) {
        return bound.mapEntry(table)
                .map(MapPath::pathTo)
                .orElseGet(() -> List.of("tables", new TableNameFormatter(bound.schema()).text(table)));
    }

    public static List<String> pathTo(MappedTable table) {
        return List.of("tables", table.table().text());
    }

    /** Where the role says what it says itself: its entry under {@code links}, or the table's where it has no other. */
    public static List<String> pathTo(MappedTable table, Role role) {
        String name = table.table().text();
        return hasInlineRole(table, role) ? List.of("tables", name) : List.of("tables", name, "links", role.name());
    }

    public static List<String> pathTo(BoundMap bound, PlannedRole role) {
        MappedTable table = bound.mapEntry(role.id().table()).orElseThrow();
        return pathTo(table, role(table, role));
    }

    /** Tells whether the role's rules stand in the table's own entry, so that no other role inherits them. */
    public static boolean hasInlineRole(BoundMap bound, PlannedRole role) {
        MappedTable table = bound.mapEntry(role.id().table()).orElseThrow();
        return hasInlineRole(table, role(table, role));
    }

    private static boolean hasInlineRole(MappedTable table, Role role) {
        return role.at().equals(table.table().at());
    }

    private static Role role(MappedTable table, PlannedRole planned) {
        return table.roles().stream()
                .filter(r -> r.name().equals(planned.id().role()))
                .findFirst()
                .orElseThrow();
    }
}
