package dev.exeunt.promise;

import dev.exeunt.promise.made.RandomSchema;
import dev.exeunt.promise.made.RandomTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds every row of every table at one moment, with the values as JSON. */
record RowSnapshot(Map<RandomTable, Map<String, SnapshotRow>> rows) {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /**
     * Holds a row's values and the table that stores it.
     *
     * @param cells by column; null for NULL
     */
    record SnapshotRow(RandomTable table, String uid, Map<String, String> cells) {

        /** By what nobody changes. */
        @Override
        public boolean equals(Object other) {
            return other instanceof SnapshotRow row && row.table == table && row.uid.equals(uid);
        }

        @Override
        public int hashCode() {
            return uid.hashCode();
        }

        @Override
        public String toString() {
            return table + " " + cells;
        }
    }

    static RowSnapshot of(Connection connection, RandomSchema schema) throws SQLException {
        List<RandomTable> tables = schema.tables();
        List<String> selects = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            boolean parts = tables.get(i).features().contains(dev.exeunt.promise.made.TestedFeature.PARTITIONED);
            selects.add("SELECT " + i + ", row_to_json(exeunt_r.*)::text FROM " + (parts ? "" : "ONLY ")
                    + tables.get(i).quoted() + " AS exeunt_r");
        }
        Map<RandomTable, Map<String, SnapshotRow>> rows = new LinkedHashMap<>();
        tables.forEach(t -> rows.put(t, new LinkedHashMap<>()));
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(String.join(" UNION ALL ", selects))) {
            while (result.next()) {
                RandomTable table = tables.get(result.getInt(1));
                Map<String, String> cells = cells(JSON.readTree(result.getString(2)));
                rows.get(table)
                        .put(cells.get(RandomTable.UID), new SnapshotRow(table, cells.get(RandomTable.UID), cells));
            }
        }
        return new RowSnapshot(rows);
    }

    static Map<String, String> cells(JsonNode object) {
        Map<String, String> cells = new HashMap<>();
        object.properties().forEach(e -> cells.put(e.getKey(), cell(e.getValue())));
        return cells;
    }

    private static String cell(JsonNode node) {
        return node.isNull() ? null : node.isContainer() ? node.toString() : node.asString();
    }

    List<SnapshotRow> all() {
        return rows.values().stream().flatMap(r -> r.values().stream()).toList();
    }

    /** The rows that a statement over the table reaches: those of tables that inherit from it, too. */
    List<SnapshotRow> under(RandomTable table) {
        return rows.keySet().stream()
                .filter(t -> t == table || t.above() == table)
                .flatMap(t -> rows.get(t).values().stream())
                .toList();
    }

    SnapshotRow find(SnapshotRow row) {
        return rows.get(row.table()).get(row.uid());
    }
}
