package dev.exeunt.testkit;

import dev.exeunt.database.Database;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import java.sql.Connection;
import java.sql.SQLException;

/** Reads the schemas of test databases in the way the product does. */
public final class TestSchemaReader {

    private TestSchemaReader() {}

    public static DatabaseSchema schema(TestDatabase database) {
        return schemaAs(database, database.user(), database.password());
    }

    /** As a role made with {@link TestDatabase#createRole}. */
    public static DatabaseSchema schemaAs(TestDatabase database, String role) {
        return schemaAs(database, role, role);
    }

    private static DatabaseSchema schemaAs(TestDatabase database, String user, String password) {
        try (Connection connection =
                Database.at(database.jdbcUrl(), user, password).connect()) {
            return SchemaReader.read(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The schema of a new database after this script. */
    public static DatabaseSchema schemaOf(String sql) {
        try (TestDatabase database = TestDatabase.create()) {
            database.execute(sql);
            return schema(database);
        }
    }

    /** A table of a new database after this script, by its name in public. */
    public static Table table(String name, String sql) {
        return table(schemaOf(sql), name);
    }

    public static Table table(DatabaseSchema schema, String name) {
        return schema.table(new TableName("public", name))
                .orElseThrow(() -> new AssertionError(
                        "no table " + name + " but " + schema.byName().keySet()));
    }
}
