package dev.exeunt.internal.schema;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Builds the SQL condition that a row has given values in its key columns. Each column is compared by its own type's equality, named with
 * its schema.
 */
public final class KeyPredicate {

    private KeyPredicate() {}

    /**
     * Returns {@code r."a" OPERATOR(pg_catalog.=) x AND r."b" OPERATOR(pg_catalog.=) y}.
     *
     * @param row as the statement knows it, quoted
     * @param key at least one column
     * @param value the SQL of the value at each place
     */
    public static SqlFragment of(String row, List<Column> key, IntFunction<SqlFragment> value) {
        List<SqlFragment> equal = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            equal.add(SqlTemplate.of("{row}.{column} {equals} {value}")
                    .fragment("row", row)
                    .identifier("column", key.get(i).name())
                    .fragment("equals", key.get(i).type().equality())
                    .fragment("value", value.apply(i))
                    .toFragment());
        }
        return SqlFragment.join(" AND ", equal);
    }

    /** Returns the condition with the values bound, as texts that are cast to the columns' types. */
    public static SqlFragment bound(String row, List<Column> key, List<String> values) {
        return of(row, key, i -> cast(values.get(i), key.get(i)));
    }

    /** Returns a bound text that is cast to a column's type. */
    public static SqlFragment cast(String value, Column column) {
        return SqlTemplate.of("CAST(:value AS {type})")
                .bind("value", value)
                .fragment("type", column.type().quotedBase())
                .toFragment();
    }
}
