package dev.exeunt.internal.postgres;

import java.util.Collection;
import java.util.stream.Collectors;

/** Quotes identifiers and literals for SQL. */
public final class SqlQuoting {

    private SqlQuoting() {}

    /** {@code user"s} becomes {@code "user""s"}. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** {@code "a", "b"} */
    public static String identifiers(Collection<String> names) {
        return names.stream().map(SqlQuoting::identifier).collect(Collectors.joining(", "));
    }

    /**
     * A literal that reads the same under both settings of {@code standard_conforming_strings}. Only for the names and
     * options where PostgreSQL takes no parameter; values are bound.
     */
    public static String literal(String text) {
        String doubled = text.replace("'", "''");
        return doubled.indexOf('\\') < 0 ? "'" + doubled + "'" : " E'" + doubled.replace("\\", "\\\\") + "'";
    }
}
