package dev.exeunt.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * A backup of all rows of a database, of the application's tables and of the product's, that can be restored into it. Quicker than another
 * database: the program keeps its connections, as one that ran on during a restore.
 */
public record RowBackup(Map<String, byte[]> tables) {

    private static final String TABLES = """
            SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname IN ('public', 'exeunt') ORDER BY 1
            """;

    public static RowBackup of(Connection connection) throws SQLException {
        Map<String, byte[]> tables = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery(TABLES)) {
            while (names.next()) {
                tables.put(names.getString(1), null);
            }
        }
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        try {
            for (Map.Entry<String, byte[]> table : tables.entrySet()) {
                ByteArrayOutputStream rows = new ByteArrayOutputStream();
                copies.copyOut("COPY " + table.getKey() + " TO STDOUT", rows);
                table.setValue(rows.toByteArray());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new RowBackup(tables);
    }

    /** Sequences go on, and triggers do not run. */
    public void restore(Connection connection) throws SQLException {
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL session_replication_role = replica");
            for (String table : tables.keySet()) {
                statement.addBatch("DELETE FROM " + table);
            }
            statement.executeBatch();
            for (Map.Entry<String, byte[]> table : tables.entrySet()) {
                if (table.getValue().length > 0) {
                    copies.copyIn("COPY " + table.getKey() + " FROM STDIN", new ByteArrayInputStream(table.getValue()));
                }
            }
            connection.commit();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
