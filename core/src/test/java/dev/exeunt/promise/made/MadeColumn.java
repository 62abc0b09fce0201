package dev.exeunt.promise.made;

import dev.exeunt.postgres.Quote;

/**
 * @param further after the type: a default, an identity, what it is generated from; or empty
 * @param written whether rows give it a value
 */
public record MadeColumn(String name, Type type, boolean notNull, String further, boolean written) {

    static MadeColumn of(String name, Type type, boolean notNull) {
        return new MadeColumn(name, type, notNull, "", true);
    }

    MadeColumn with(String more) {
        return new MadeColumn(name, type, notNull, further + more, written);
    }

    String sql() {
        return Quote.identifier(name) + " " + type.sql() + (notNull ? " NOT NULL" : "") + further;
    }
}
