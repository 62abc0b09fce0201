package dev.exeunt.schema;

/**
 * @param notNull by constraint or by domain
 * @param generated computed from other columns, never written
 * @param identityAlways {@code GENERATED ALWAYS AS IDENTITY}
 */
public record Column(
        String name, SqlType type, boolean notNull, boolean hasDefault, boolean generated, boolean identityAlways) {

    public boolean writable() {
        return !generated && !identityAlways;
    }
}
