package dev.exeunt.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.json.JsonMapper;

/** Exports as a team would by hand: a cursor for each file, an object mapper for JSON, quotes for CSV, all of it into a ZIP of level 6. */
final class CursorExport {

    private static final int FETCHED = 1000;
    private static final int BUFFER = 1 << 16;

    private final Connection connection;
    private final ZipOutputStream zip;
    private final JsonMapper mapper =
            JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private CursorExport(Connection connection, ZipOutputStream zip) {
        this.connection = connection;
        this.zip = zip;
    }

    static void write(Connection connection, Path file) throws SQLException, IOException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
            zip.setLevel(6);
            CursorExport export = new CursorExport(connection, zip);
            for (Map.Entry<String, String> section : ExportTables.queries().entrySet()) {
                export.json(section.getKey(), section.getValue());
                export.csv(section.getKey(), section.getValue());
            }
        }
        connection.rollback();
    }

    private Statement cursor() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setFetchSize(FETCHED);
        return statement;
    }

    private void json(String section, String query) throws SQLException, IOException {
        zip.putNextEntry(new ZipEntry(section + ".json"));
        OutputStream out = new BufferedOutputStream(zip, BUFFER);
        try (Statement statement = cursor();
                ResultSet rows = statement.executeQuery(query);
                SequenceWriter writer = mapper.writer().writeValuesAsArray(out)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns; i++) {
                    row.put(rows.getMetaData().getColumnName(i), value(rows, i));
                }
                writer.write(row);
            }
        }
        out.flush();
        zip.closeEntry();
    }

    /** Numbers and booleans as they are, all else as PostgreSQL writes it. */
    private static Object value(ResultSet rows, int column) throws SQLException {
        return switch (rows.getMetaData().getColumnTypeName(column)) {
            case "int4", "int8", "numeric", "float8", "bool" -> rows.getObject(column);
            default -> rows.getString(column);
        };
    }

    private void csv(String section, String query) throws SQLException, IOException {
        zip.putNextEntry(new ZipEntry(section + ".csv"));
        OutputStream out = new BufferedOutputStream(zip, BUFFER);
        try (Statement statement = cursor();
                ResultSet rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                line.append(i > 1 ? "," : "").append(rows.getMetaData().getColumnName(i));
            }
            while (rows.next()) {
                line.append('\n');
                for (int i = 1; i <= columns; i++) {
                    String value = rows.getString(i);
                    line.append(i > 1 ? "," : "").append(value == null ? "" : '"' + value.replace("\"", "\"\"") + '"');
                }
                out.write(line.toString().getBytes(StandardCharsets.UTF_8));
                line.setLength(0);
            }
            out.write('\n');
        }
        out.flush();
        zip.closeEntry();
    }
}
