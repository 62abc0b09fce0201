package dev.exeunt.internal.map;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.Finding.Position;

/**
 * One way in which rows of a table belong to a person, with a fate of its own.
 *
 * @param name as under {@code links:}; {@code self} for the subject's own row, {@code link} for a table's only, unnamed link
 * @param fate in the flow that the map is for, see {@link MapDefinition#flow()}
 * @param at where the role (or the table, when the link is unnamed) stands
 */
public record Role(String name, Link link, Fate fate, ExportRule export, RoleLifecycle handling, Position at) {

    public static final String SELF = "self";
    public static final String ONLY = "link";

    Role forFlow(AccountFlow flow) {
        return new Role(name, link, handling.fate(flow), export, handling, at);
    }
}
