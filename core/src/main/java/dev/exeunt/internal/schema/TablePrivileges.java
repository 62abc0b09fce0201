package dev.exeunt.internal.schema;

/**
 * Lists the privileges that the connected role has on a table.
 *
 * @param bypassesRowSecurity false where row security is on and binds this role
 */
public record TablePrivileges(
        boolean schemaUsage, boolean select, boolean update, boolean delete, boolean bypassesRowSecurity) {}
