package dev.exeunt.internal.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.postgresql.core.Parser;

/**
 * Holds a piece of SQL and the values bound to its parameters. A value is a {@code String} or a {@code String[]} (bound
 * as {@code text[]}); the SQL casts it to what it needs.
 */
public record SqlFragment(String sql, List<Object> values) {

    public static final SqlFragment EMPTY = of("");

    public SqlFragment {
        values = List.copyOf(values);
    }

    public static SqlFragment of(String sql, Object... values) {
        return new SqlFragment(sql, List.of(values));
    }

    /**
     * SQL the map's author wrote, taken as it is but for its {@code ?}: the driver takes a bare one for a parameter and
     * {@code ??} for the operator; inside quotes it takes neither.
     */
    public static SqlFragment trusted(String sql) {
        char[] chars = sql.toCharArray();
        StringBuilder escaped = new StringBuilder(chars.length);
        for (int i = 0; i < chars.length; i++) {
            int end = endOfToken(chars, i);
            if (end > i) {
                escaped.append(chars, i, Math.min(end, chars.length - 1) - i + 1);
                i = end;
            } else {
                escaped.append(chars[i] == '?' ? "??" : String.valueOf(chars[i]));
            }
        }
        return of(escaped.toString());
    }

    public SqlFragment plus(String more) {
        return new SqlFragment(sql + more, values);
    }

    public SqlFragment plus(SqlFragment more) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(more.values);
        return new SqlFragment(sql + more.sql, all);
    }

    /** The fragments with a separator between them. */
    public static SqlFragment join(String separator, List<SqlFragment> fragments) {
        List<Object> values = new ArrayList<>();
        fragments.forEach(fragment -> values.addAll(fragment.values));
        return new SqlFragment(fragments.stream().map(SqlFragment::sql).collect(Collectors.joining(separator)), values);
    }

    /** Collects a stream of fragments into one, with a separator between them. */
    public static Collector<SqlFragment, ?, SqlFragment> joining(String separator) {
        return Collectors.collectingAndThen(Collectors.toList(), fragments -> join(separator, fragments));
    }

    /** A condition that is true where any of these is true. {@code FALSE} if there are none. */
    public static SqlFragment anyOf(List<SqlFragment> conditions) {
        List<SqlFragment> each = conditions.stream()
                .map(c -> new SqlFragment("(" + c.sql + ")", c.values))
                .toList();
        if (each.isEmpty()) {
            return of("FALSE");
        }
        SqlFragment any = join(" OR ", each);
        return new SqlFragment("(" + any.sql + ")", any.values);
    }

    /** A prepared statement with everything bound; the caller closes it. */
    public PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        int position = 1;
        for (Object value : values) {
            if (value instanceof String[] texts) {
                Array array = connection.createArrayOf("text", texts);
                statement.setArray(position++, array);
            } else {
                statement.setString(position++, (String) value);
            }
        }
        return statement;
    }

    /**
     * The same SQL with each value in its place as a literal, for the statements that take no parameters, such as {@code
     * COPY (SELECT …)}. What is a parameter and what is not (in quotes, in comments) the driver's own parser decides, as it
     * does for {@link #prepare}; {@code standard_conforming_strings} must be on.
     *
     * @throws IllegalArgumentException where the values are not as many as the parameters, or one holds a NUL, which no
     *     PostgreSQL text can
     */
    public String inlined() {
        Iterator<Object> rest = values.iterator();
        String text = replacing(() -> {
            if (!rest.hasNext()) {
                throw new IllegalArgumentException("more parameters than values");
            }
            return literal(rest.next());
        });
        if (rest.hasNext()) {
            throw new IllegalArgumentException("more values than parameters");
        }
        return text;
    }

    /** The same SQL with {@code $1}, {@code $2} … in the places of the values, as {@code PREPARE} takes it. */
    public String numbered() {
        AtomicInteger number = new AtomicInteger();
        return replacing(() -> "$" + number.incrementAndGet());
    }

    private String replacing(Supplier<String> parameter) {
        char[] chars = sql.toCharArray();
        StringBuilder text = new StringBuilder(chars.length + 32);
        for (int i = 0; i < chars.length; i++) {
            int end = endOfToken(chars, i);
            if (end > i) {
                text.append(chars, i, Math.min(end, chars.length - 1) - i + 1);
                i = end;
            } else if (chars[i] != '?') {
                text.append(chars[i]);
            } else if (i + 1 < chars.length && chars[i + 1] == '?') {
                text.append('?');
                i++;
            } else {
                text.append(parameter.get());
            }
        }
        return text.toString();
    }

    /** Where the quoted text or comment ends that starts here, or here where none does. */
    static int endOfToken(char[] sql, int start) {
        return switch (sql[start]) {
            case '\'' -> Parser.parseSingleQuotes(sql, start, true);
            case '"' -> Parser.parseDoubleQuotes(sql, start);
            case '$' -> Parser.parseDollarQuotes(sql, start);
            case '-' -> Parser.parseLineComment(sql, start);
            case '/' -> Parser.parseBlockComment(sql, start);
            default -> start;
        };
    }

    private static String literal(Object value) {
        String text = value instanceof String[] texts ? arrayText(texts) : (String) value;
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a value holds a NUL character");
        }
        return SqlQuoting.literal(text);
    }

    /** {@code {"a","b"}}: one literal, however many elements, since the server parses an ARRAY[…] element by element. */
    private static String arrayText(String[] texts) {
        StringBuilder array = new StringBuilder("{");
        for (String element : texts) {
            array.append(array.length() == 1 ? "\"" : ",\"");
            array.append(element.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
        }
        return array.append('}').toString();
    }
}
