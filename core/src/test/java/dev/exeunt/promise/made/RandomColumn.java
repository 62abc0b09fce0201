package dev.exeunt.promise.made;

import dev.exeunt.internal.postgres.SqlQuoting;

/**
 * Describes a column of a randomly generated table.
 *
 * @param further after the type: a default, an identity, what it is generated from; or empty
 * @param written whether rows give it a value
 */
public record RandomColumn(String name, RandomColumnType type, boolean notNull, String further, boolean written) {

    static RandomColumn of(String name, RandomColumnType type, boolean notNull) {
        return new RandomColumn(name, type, notNull, "", true);
    }

    RandomColumn with(String more) {
        return new RandomColumn(name, type, notNull, further + more, written);
    }

    String sql() {
        return SqlQuoting.identifier(name) + " " + type.sql() + (notNull ? " NOT NULL" : "") + further;
    }
}
