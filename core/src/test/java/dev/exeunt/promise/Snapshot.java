package dev.exeunt.promise;

import dev.exeunt.promise.made.MadeSchema;
import dev.exeunt.promise.made.MadeTable;
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

/** Every row of every table at one moment, as JSON has its values. */
record Snapshot(Map<MadeTable, Map<String, Row>> rows) {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /**
     * A row, in the table that holds it.
     *
     * @param cells by column; null for NULL
     */
    record Row(MadeTable table, String uid, Map<String, String> cells) {

        /** By what nobody changes. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && row.table == table && row.uid.equals(uid);
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

    static Snapshot of(Connection connection, MadeSchema schema) throws SQLException {
        List<MadeTable> tables = schema.tables();
        List<String> selects = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            boolean parts = tables.get(i).features().contains(dev.exeunt.promise.made.Feature.PARTITIONED);
            selects.add("SELECT " + i + ", row_to_json(exeunt_r.*)::text FROM " + (parts ? "" : "ONLY ")
                    + tables.get(i).quoted() + " AS exeunt_r");
        }
        Map<MadeTable, Map<String, Row>> rows = new LinkedHashMap<>();
        tables.forEach(t -> rows.put(t, new LinkedHashMap<>()));
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(String.join(" UNION ALL ", selects))) {
            while (result.next()) {
                MadeTable table = tables.get(result.getInt(1));
                Map<String, String> cells = cells(JSON.readTree(result.getString(2)));
                rows.get(table).put(cells.get(MadeTable.UID), new Row(table, cells.get(MadeTable.UID), cells));
            }
        }
        return new Snapshot(rows);
    }

    static Map<String, String> cells(JsonNode object) {
        Map<String, String> cells = new HashMap<>();
        object.properties().forEach(e -> cells.put(e.getKey(), cell(e.getValue())));
        return cells;
    }

    private static String cell(JsonNode node) {
        return node.isNull() ? null : node.isContainer() ? node.toString() : node.asString();
    }

    List<Row> all() {
        return rows.values().stream().flatMap(r -> r.values().stream()).toList();
    }

    /** The rows that a statement over the table reaches: those of tables that inherit from it, too. */
    List<Row> under(MadeTable table) {
        return rows.keySet().stream()
                .filter(t -> t == table || t.above() == table)
                .flatMap(t -> rows.get(t).values().stream())
                .toList();
    }

    Row find(Row row) {
        return rows.get(row.table()).get(row.uid());
    }
}
