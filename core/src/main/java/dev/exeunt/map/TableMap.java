package dev.exeunt.map;

import java.util.List;

/**
 * What a map says of one table. What is said for the whole table ({@code erase}, {@code export}) has already been handed
 * down to the roles that say nothing themselves, except on the subject's own table: there it is the {@code self} role's
 * alone, since a link in that table reaches other people.
 *
 * @param section name of its section in the export; the table's own name where the map gives none
 * @param roles at least one
 */
public record TableMap(TableRef table, String section, List<Role> roles) {

    public TableMap {
        roles = List.copyOf(roles);
    }

    TableMap forFlow(Flow flow) {
        return new TableMap(
                table, section, roles.stream().map(r -> r.forFlow(flow)).toList());
    }
}
