package dev.exeunt.internal.names;

import dev.exeunt.internal.schema.TableName;
import java.util.ArrayList;
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

    /** Whether the first table keeps versions of rows of the second. */
    public static boolean of(TableName versions, TableName base) {
        List<String> words = NameWords.singular(versions.name());
        List<String> rows = NameWords.singular(base.name());
        List<String> rest = new ArrayList<>(words);
        rest.removeIf(HISTORY::contains);
        boolean marked =
                rest.size() < words.size() || !versions.schema().equals(base.schema()) && history(versions.schema());
        return !rows.isEmpty() && rest.equals(rows) && marked && !versions.equals(base);
    }
}
