package dev.exeunt.internal.schema;

import java.util.Locale;

/** Builds the clause that reads rows from all over a large table: whole blocks, the same ones while the table does not change. */
public final class TableSample {

    private TableSample() {}

    /** Returns the clause for about so many rows, or nothing where the table is small, or foreign, which cannot be sampled. */
    public static String clause(Table table, double rows) {
        double percent = 100.0 * rows / Math.max(1, table.estimatedRows());
        return percent >= 100 || table.kind() == Table.RelationKind.FOREIGN
                ? ""
                : "TABLESAMPLE SYSTEM (" + String.format(Locale.ROOT, "%.6f", percent) + ") REPEATABLE (1)";
    }
}
