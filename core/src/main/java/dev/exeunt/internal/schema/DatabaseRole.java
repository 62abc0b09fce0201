package dev.exeunt.internal.schema;

import java.util.List;

/**
 * A role of the database server, and who can act as it.
 *
 * @param login whether it may sign in itself
 * @param actedBy login roles, but for superusers, that may change to it with {@code SET ROLE}, also by way of other roles; sorted
 */
public record DatabaseRole(String name, boolean login, List<String> actedBy) {
    public DatabaseRole {
        actedBy = List.copyOf(actedBy);
    }
}
