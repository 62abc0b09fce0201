package dev.exeunt.samples;

import dev.exeunt.postgres.Quote;
import dev.exeunt.samples.Reached.Row;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.Table;
import dev.exeunt.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The whole database after an erasure, each row beside the one it was. */
final class Remaining {

    private final DatabaseSchema schema;
    private final Reached before;
    private final Map<Row, JsonNode> after = new IdentityHashMap<>();
    private final List<String> differences = new ArrayList<>();
    /** Names as {@code format('%I.%I')} has them. */
    private final Map<Table, String> names = new HashMap<>();

    private Remaining(DatabaseSchema schema, Reached before) {
        this.schema = schema;
        this.before = before;
    }

    static Remaining of(TestDatabase database, DatabaseSchema schema, Reached before, String key) {
        Remaining remaining = new Remaining(schema, before);
        for (Table table : schema.tables()) {
            List<Row> there = new ArrayList<>(Reached.read(database, table.name(), List.of()));
            before.rows().get(table.name()).stream()
                    .filter(row -> !Remains.goes(row))
                    .forEach(row -> remaining.pair(table, row, there, key));
            there.forEach(row -> remaining.differences.add("left in " + table.name() + ": " + row.cells));
            String name = Quote.literal(table.name().schema()) + ", "
                    + Quote.literal(table.name().name());
            remaining.names.put(table, database.scalar("SELECT format('%I.%I', " + name + ")"));
        }
        return remaining;
    }

    private void pair(Table table, Row row, List<Row> there, String key) {
        there.stream()
                .filter(t -> Remains.fits(row, t.cells, key))
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

    interface Marked {
        void at(Table table, Row before, String column);
    }

    /** Every column of every row that remains and is marked as the subject's. */
    void forEachMarked(Marks marks, Marked marked) {
        for (Table table : schema.tables()) {
            for (Row row : before.rows().get(table.name())) {
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
    Map<String, Map<String, Integer>> marked(Marks marks) {
        Map<String, Map<String, Integer>> found = new TreeMap<>();
        forEachMarked(
                marks,
                (table, row, column) -> found.computeIfAbsent(names.get(table), t -> new TreeMap<>())
                        .merge(column, 1, Integer::sum));
        return found;
    }
}
