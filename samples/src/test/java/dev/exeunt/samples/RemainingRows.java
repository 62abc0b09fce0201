package dev.exeunt.samples;

import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.samples.RowReachability.RowWithRoles;
import dev.exeunt.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Compares every row after an erasure with the row that it was before. */
final class RemainingRows {

    private final DatabaseSchema schema;
    private final RowReachability before;
    private final Map<RowWithRoles, JsonNode> after = new IdentityHashMap<>();
    private final List<String> differences = new ArrayList<>();
    /** Names as {@code format('%I.%I')} has them. */
    private final Map<Table, String> names = new HashMap<>();

    private RemainingRows(DatabaseSchema schema, RowReachability before) {
        this.schema = schema;
        this.before = before;
    }

    static RemainingRows of(TestDatabase database, DatabaseSchema schema, RowReachability before, String key) {
        RemainingRows remaining = new RemainingRows(schema, before);
        for (Table table : schema.tables()) {
            List<RowWithRoles> there = new ArrayList<>(RowReachability.read(database, table.name(), List.of()));
            before.rows().get(table.name()).stream()
                    .filter(row -> !ExpectedRemains.goes(row))
                    .forEach(row -> remaining.pair(table, row, there, key));
            there.forEach(row -> remaining.differences.add("left in " + table.name() + ": " + row.cells));
            String name = SqlQuoting.literal(table.name().schema()) + ", "
                    + SqlQuoting.literal(table.name().name());
            remaining.names.put(table, database.scalar("SELECT format('%I.%I', " + name + ")"));
        }
        return remaining;
    }

    private void pair(Table table, RowWithRoles row, List<RowWithRoles> there, String key) {
        there.stream()
                .filter(t -> ExpectedRemains.fits(row, t.cells, key))
                .findFirst()
                .ifPresentOrElse(
                        t -> {
                            there.remove(t);
                            after.put(row, t.cells);
                        },
                        () -> differences.add("missing in " + table.name() + ": " + row.cells));
    }

    /** Rows that are missing, new or other than the map says. */
    List<String> differences() {
        return differences;
    }

    /** Visits each column that is still marked as the subject's. */
    interface MarkedColumnVisitor {
        void at(Table table, RowWithRoles before, String column);
    }

    /** Every column of every row that remains and is marked as the subject's. */
    void forEachMarked(SubjectMarks marks, MarkedColumnVisitor marked) {
        for (Table table : schema.tables()) {
            for (RowWithRoles row : before.rows().get(table.name())) {
                JsonNode left = after.get(row);
                if (left != null) {
                    left.propertyStream()
                            .filter(c -> marks.in(c.getValue()))
                            .forEach(c -> marked.at(table, row, c.getKey()));
                }
            }
        }
    }

    /** How many rows, by table and column. */
    Map<String, Map<String, Integer>> marked(SubjectMarks marks) {
        Map<String, Map<String, Integer>> found = new TreeMap<>();
        forEachMarked(
                marks,
                (table, row, column) -> found.computeIfAbsent(names.get(table), t -> new TreeMap<>())
                        .merge(column, 1, Integer::sum));
        return found;
    }
}
