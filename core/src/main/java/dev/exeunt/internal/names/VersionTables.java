package dev.exeunt.internal.names;

import dev.exeunt.internal.schema.TableName;
import java.util.List;
import java.util.Set;

/**
 * Tells tables that keep former versions of another table's rows: {@code customers_aud}, {@code customer_history}, or {@code
 * audit.customers}. They hold the same keys under the same names, and no foreign keys.
 */
public final class VersionTables {

    private static final Set<String> HISTORY = NameWords.set("""
            aud audit history hist version log archive revision journal shadow backup old
            """);

    private VersionTables() {}

    /** Whether the table's name, or its schema's, says that it keeps versions of something. */
    public static boolean marked(TableName table) {
        return history(table.name()) || history(table.schema());
    }

    private static boolean history(String name) {
        return NameWords.singular(name).stream().anyMatch(HISTORY::contains);
    }

    /** The words of the table's name, each in the singular, without those that speak of versions: {@code customer} of {@code customers_aud}. */
    public static List<String> rows(TableName versions) {
        return NameWords.singular(versions.name()).stream()
                .filter(word -> !HISTORY.contains(word))
                .toList();
    }

    /** Whether the first table keeps versions of rows of the second. */
    public static boolean of(TableName versions, TableName base) {
        List<String> rows = NameWords.singular(base.name());
        boolean marked =
                history(versions.name()) || !versions.schema().equals(base.schema()) && history(versions.schema());
        return !rows.isEmpty() && rows(versions).equals(rows) && marked && !versions.equals(base);
    }
}
