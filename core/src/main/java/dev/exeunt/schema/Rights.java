package dev.exeunt.schema;

/**
 * What the connected role may do with a table.
 *
 * @param bypassesRowSecurity false where row security is on and binds this role
 */
public record Rights(
        boolean schemaUsage, boolean select, boolean update, boolean delete, boolean bypassesRowSecurity) {}
