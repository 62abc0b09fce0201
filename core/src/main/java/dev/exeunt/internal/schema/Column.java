package dev.exeunt.internal.schema;

/**
 * A column as the catalogue has it.
 *
 * @param notNull by constraint or by domain
 * @param nullFree whether no row can hold NULL: by a validated NOT NULL of the column itself. A domain's NOT NULL is not enough, since
 *     a subquery without a row puts NULL past it, nor is a CHECK
 * @param generated computed from other columns, never written
 * @param identityAlways {@code GENERATED ALWAYS AS IDENTITY}
 */
public record Column(
        String name,
        SqlType type,
        boolean notNull,
        boolean nullFree,
        boolean hasDefault,
        boolean generated,
        boolean identityAlways) {

    public boolean writable() {
        return !generated && !identityAlways;
    }
}
