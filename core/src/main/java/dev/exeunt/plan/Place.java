package dev.exeunt.plan;

import dev.exeunt.map.Role;
import dev.exeunt.map.TableMap;
import dev.exeunt.schema.TableName;
import dev.exeunt.schema.TableRefs;
import java.util.List;

/** Where in a map something stands or belongs: the words that lead there from the top. */
public final class Place {

    private Place() {}

    /** The table's entry, as the map names it; as the map would have to name it where it does not. */
    public static List<String> of(BoundMap bound, TableName table) {
        return bound.map(table)
                .map(Place::of)
                .orElseGet(() -> List.of("tables", new TableRefs(bound.schema()).text(table)));
    }

    public static List<String> of(TableMap table) {
        return List.of("tables", table.table().text());
    }

    /** Where the role says what it says itself: its entry under {@code links}, or the table's where it has no other. */
    public static List<String> of(TableMap table, Role role) {
        String name = table.table().text();
        return inline(table, role) ? List.of("tables", name) : List.of("tables", name, "links", role.name());
    }

    public static List<String> of(BoundMap bound, PlannedRole role) {
        TableMap table = bound.map(role.id().table()).orElseThrow();
        return of(table, role(table, role));
    }

    /** Whether the role's words are the table's own, so that nobody else inherits them. */
    public static boolean inline(BoundMap bound, PlannedRole role) {
        TableMap table = bound.map(role.id().table()).orElseThrow();
        return inline(table, role(table, role));
    }

    private static boolean inline(TableMap table, Role role) {
        return role.at().equals(table.table().at());
    }

    private static Role role(TableMap table, PlannedRole planned) {
        return table.roles().stream()
                .filter(r -> r.name().equals(planned.id().role()))
                .findFirst()
                .orElseThrow();
    }
}
