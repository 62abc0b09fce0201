package dev.exeunt.internal.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fills the named places of a SQL text and makes an {@link SqlFragment} of it.
 *
 * <pre>{@code
 * SqlFragment select = SqlTemplate.of("""
 *                 SELECT {columns} FROM {table} WHERE id = :id AND {condition}""")
 *         .identifiers("columns", List.of("id", "email"))
 *         .fragment("table", tableName.quoted())
 *         .bind("id", id)
 *         .fragment("condition", condition)
 *         .toFragment();
 * }</pre>
 *
 * <p>{@code :name} is a value. It is bound as a parameter and never becomes part of the SQL. A {@code null} becomes the keyword {@code NULL}.
 * {@code {name}} is SQL: an identifier, an operator, a type, or another fragment with its own values. Casts ({@code ::text}), quoted
 * texts, dollar quotes and comments stay as they are. The operator {@code ?} is written {@code ??}, as in every {@link SqlFragment}.
 *
 * <p>A text or an array of texts is bound without a cast; the template casts it where the place does not say the type. The other types
 * bring their cast with them.
 *
 * <p>Every method throws {@link IllegalArgumentException} for a name that the text does not have, and for a name that is filled twice.
 */
public final class SqlTemplate {

    private static final SqlFragment NULL = SqlFragment.of("NULL");

    /** The text in pieces: SQL at even positions, the name of a place with its mark ({@code :name}, <code>{name}</code>) at odd ones. */
    private final List<String> pieces;

    private final Map<String, SqlFragment> filled = new HashMap<>();

    private SqlTemplate(List<String> pieces) {
        this.pieces = pieces;
    }

    /** @throws IllegalArgumentException if the text has a bare {@code ?} or a brace around something that is no name */
    public static SqlTemplate of(String text) {
        char[] chars = text.toCharArray();
        List<String> pieces = new ArrayList<>();
        int done = 0;
        int i = 0;
        while (i < chars.length) {
            int endOfName = endOfName(chars, i);
            if (endOfName > i) {
                pieces.add(text.substring(done, i));
                pieces.add(text.substring(i, endOfName));
                done = endOfName;
                i = endOfName;
            } else {
                i = afterSql(chars, i);
            }
        }
        pieces.add(text.substring(done));
        return new SqlTemplate(pieces);
    }

    public SqlTemplate bind(String name, @Nullable String value) {
        return fill(":" + name, value == null ? NULL : SqlFragment.of("?", value));
    }

    /** Binds a {@code text[]}. */
    public SqlTemplate bind(String name, String[] values) {
        return fill(":" + name, SqlFragment.of("?", (Object) values));
    }

    /** Binds an {@code int4}. */
    public SqlTemplate bind(String name, int value) {
        return fill(":" + name, SqlFragment.of("CAST(? AS pg_catalog.int4)", Integer.toString(value)));
    }

    /** Binds an {@code int8}. */
    public SqlTemplate bind(String name, long value) {
        return fill(":" + name, SqlFragment.of("CAST(? AS pg_catalog.int8)", Long.toString(value)));
    }

    public SqlTemplate bind(String name, boolean value) {
        return fill(":" + name, SqlFragment.of("CAST(? AS pg_catalog.bool)", Boolean.toString(value)));
    }

    /** Binds a {@code timestamptz}. */
    public SqlTemplate bind(String name, @Nullable Instant value) {
        return fill(
                ":" + name,
                value == null ? NULL : SqlFragment.of("CAST(? AS pg_catalog.timestamptz)", value.toString()));
    }

    public SqlTemplate bind(String name, @Nullable UUID value) {
        return fill(":" + name, value == null ? NULL : SqlFragment.of("CAST(? AS pg_catalog.uuid)", value.toString()));
    }

    /** Binds a {@code uuid[]}. */
    public SqlTemplate bind(String name, Collection<UUID> values) {
        String[] texts = values.stream().map(UUID::toString).toArray(String[]::new);
        return fill(":" + name, SqlFragment.of("CAST(? AS pg_catalog.uuid[])", (Object) texts));
    }

    /** Puts a fragment in the place, with its values. A fragment that may end in a line comment needs a line break behind its place. */
    public SqlTemplate fragment(String name, SqlFragment fragment) {
        return fill("{" + name + "}", fragment);
    }

    /** Puts SQL in the place as it stands: a quoted identifier, an operator, a type, a keyword. Never a value. */
    public SqlTemplate fragment(String name, String sql) {
        return fragment(name, SqlFragment.of(sql));
    }

    /** Puts fragments in the place, with the separator between them. */
    public SqlTemplate fragments(String name, String separator, List<SqlFragment> fragments) {
        return fragment(name, SqlFragment.join(separator, fragments));
    }

    /** Quotes an identifier and puts it in the place. */
    public SqlTemplate identifier(String name, String identifier) {
        return fragment(name, SqlQuoting.identifier(identifier));
    }

    /** Quotes identifiers and puts them in the place, with commas between them. */
    public SqlTemplate identifiers(String name, Collection<String> identifiers) {
        return fragment(name, SqlQuoting.identifiers(identifiers));
    }

    /** @throws IllegalArgumentException if a place is not filled */
    public SqlFragment toFragment() {
        Set<String> missing = new LinkedHashSet<>();
        StringBuilder sql = new StringBuilder();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            SqlFragment fragment = filled.get(pieces.get(i));
            if (i % 2 == 0) {
                sql.append(pieces.get(i));
            } else if (fragment == null) {
                missing.add(pieces.get(i));
            } else {
                sql.append(fragment.sql());
                values.addAll(fragment.values());
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("Nothing was given for " + String.join(", ", missing) + ".");
        }
        return new SqlFragment(sql.toString(), values);
    }

    private SqlTemplate fill(String place, SqlFragment fragment) {
        if (!places().contains(place)) {
            throw new IllegalArgumentException(
                    "The SQL has no place " + place + ". Its places are: " + String.join(", ", places()) + ".");
        }
        if (filled.put(place, fragment) != null) {
            throw new IllegalArgumentException("The place " + place + " is filled twice.");
        }
        return this;
    }

    private Set<String> places() {
        Set<String> places = new LinkedHashSet<>();
        for (int i = 1; i < pieces.size(); i += 2) {
            places.add(pieces.get(i));
        }
        return places;
    }

    /** The position behind the place that starts here, or the same position if none does. */
    private static int endOfName(char[] sql, int start) {
        boolean braces = sql[start] == '{';
        int end = start + 1;
        if (!braces && sql[start] != ':' || !braces && (end == sql.length || !isLetter(sql[end]))) {
            return start;
        }
        while (end < sql.length && (isLetter(sql[end]) || end > start + 1 && isDigit(sql[end]))) {
            end++;
        }
        if (!braces) {
            return end;
        }
        if (end == start + 1 || end == sql.length || sql[end] != '}') {
            throw new IllegalArgumentException("A { of the SQL does not begin a {name}.");
        }
        return end + 1;
    }

    /** The position behind the character, cast, quoted text or comment that starts here. */
    private static int afterSql(char[] sql, int start) {
        boolean doubled = start + 1 < sql.length && sql[start + 1] == sql[start];
        if (sql[start] == '?' && !doubled) {
            throw new IllegalArgumentException("The SQL has a bare ?. Write :name for a value, ?? for the operator.");
        }
        if (doubled && (sql[start] == '?' || sql[start] == ':')) {
            return start + 2;
        }
        return SqlFragment.endOfToken(sql, start) + 1;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
