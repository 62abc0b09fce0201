package dev.exeunt.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of SQL with the values bound to its {@code ?}, composed without ever pasting a value into the text. A value is a
 * {@code String} or a {@code String[]} (bound as {@code text[]}); the SQL casts it to what it needs.
 */
public record Fragment(String sql, List<Object> values) {

    public static final Fragment EMPTY = of("");

    public Fragment {
        values = List.copyOf(values);
    }

    public static Fragment of(String sql, Object... values) {
        return new Fragment(sql, List.of(values));
    }

    public Fragment plus(String more) {
        return new Fragment(sql + more, values);
    }

    public Fragment plus(Fragment more) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(more.values);
        return new Fragment(sql + more.sql, all);
    }

    /** The fragments with a separator between them. */
    public static Fragment join(String separator, List<Fragment> fragments) {
        Fragment joined = EMPTY;
        for (int i = 0; i < fragments.size(); i++) {
            joined = joined.plus(i == 0 ? "" : separator).plus(fragments.get(i));
        }
        return joined;
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
}
