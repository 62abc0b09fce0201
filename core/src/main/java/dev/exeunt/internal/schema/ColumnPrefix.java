package dev.exeunt.internal.schema;

import java.util.List;
import java.util.Locale;

/**
 * Reads column names without the prefix that a table puts before the names of its columns: {@code user} for {@code wl_user} of a
 * watchlist, {@code user} for {@code actor_user} of a table {@code actor}.
 *
 * <p>A prefix stands before all columns but one at most, and its letters stand in the table's name in the same order, so that {@code
 * created_at, created_by} have none.
 */
public final class ColumnPrefix {

    /** With fewer columns, each has to bear the prefix. */
    private static final int MANY_COLUMNS = 5;

    private ColumnPrefix() {}

    /** The column's name without the prefix of its table. */
    public static String bareName(Table table, String column) {
        String prefix = of(table);
        boolean prefixed = !prefix.isEmpty() && has(column, prefix);
        return prefixed ? column.substring(prefix.length()) : column;
    }

    /** The names without the prefix of their table. */
    public static List<String> bareNames(Table table, List<String> columns) {
        return columns.stream().map(c -> bareName(table, c)).toList();
    }

    /** With the sign after it; empty where the table has none. */
    private static String of(Table table) {
        List<String> names = table.columnNames();
        return names.size() < 2
                ? ""
                : names.stream()
                        .limit(2)
                        .map(n -> n.substring(0, n.indexOf('_') + 1))
                        .filter(p -> p.length() > 1 && inOrder(p, table.name().name()) && common(p, names))
                        .findFirst()
                        .orElse("");
    }

    private static boolean common(String prefix, List<String> names) {
        long without = names.stream().filter(n -> !has(n, prefix)).count();
        return without == 0 || without == 1 && names.size() >= MANY_COLUMNS;
    }

    private static boolean has(String column, String prefix) {
        return column.length() > prefix.length() && column.startsWith(prefix);
    }

    /** Whether the table's name has the letters of the prefix in their order, the first one first. */
    private static boolean inOrder(String prefix, String table) {
        String letters = prefix.substring(0, prefix.length() - 1).toLowerCase(Locale.ROOT);
        String name = table.toLowerCase(Locale.ROOT);
        int from = 0;
        for (int i = 0; i < letters.length(); i++) {
            from = name.indexOf(letters.charAt(i), from) + 1;
            if (from == 0) {
                return false;
            }
        }
        return !name.isEmpty() && name.charAt(0) == letters.charAt(0);
    }
}
