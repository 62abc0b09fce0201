package dev.exeunt.internal.plan;

import dev.exeunt.internal.schema.TableName;

/** Names a role across a plan: the table and the role's name in it. */
public record RoleId(TableName table, String role) implements Comparable<RoleId> {

    @Override
    public int compareTo(RoleId other) {
        int byTable = table.compareTo(other.table);
        return byTable != 0 ? byTable : role.compareTo(other.role);
    }

    /** {@code comments.author} */
    @Override
    public String toString() {
        return table + "." + role;
    }
}
