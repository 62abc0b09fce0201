package dev.exeunt.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.database.DatabaseException;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSchemaReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What depends on who reads, and what must not. */
class SchemaReaderSessionTest {

    @Test
    void rightsAreThoseOfTheConnectedRole() {
        try (TestDatabase database = TestDatabase.create()) {
            String role = database.createRole("plain role");
            database.execute("""
                    CREATE SCHEMA closed; CREATE TABLE closed.t (a int); GRANT ALL ON closed.t TO "plain role";
                    CREATE TABLE nothing (a int);
                    CREATE TABLE reads (a int); GRANT SELECT ON reads TO "plain role";
                    CREATE TABLE some_columns (a int, b int); GRANT SELECT (a), UPDATE (b) ON some_columns TO "plain role";
                    CREATE TABLE all_columns (a int, b int); GRANT SELECT (a, b), UPDATE (a, b) ON all_columns TO "plain role";
                    CREATE TABLE removes (a int); GRANT DELETE ON removes TO "plain role"
                    """);

            DatabaseSchema schema = TestSchemaReader.schemaAs(database, role);

            assertThat(schema.role()).isEqualTo(role);
            assertThat(schema.table(new TableName("closed", "t")).orElseThrow().rights())
                    .isEqualTo(new TablePrivileges(false, true, true, true, true));
            assertRights(schema, "nothing", false, false, false);
            assertRights(schema, "reads", true, false, false);
            assertRights(schema, "some_columns", false, false, false);
            assertRights(schema, "all_columns", true, true, false);
            assertRights(schema, "removes", false, false, true);
            assertRights(TestSchemaReader.schema(database), "nothing", true, true, true);
        }
    }

    @Test
    void rowSecurityBindsPlainRolesAndOwnersOnlyWhereForced() {
        try (TestDatabase database = TestDatabase.create()) {
            String plain = database.createRole("plain");
            String owner = database.createRole("owner");
            String bypass = database.createRole("bypass");
            database.execute("""
                    ALTER ROLE bypass BYPASSRLS;
                    CREATE TABLE free (a int); CREATE TABLE secured (a int); CREATE TABLE forced (a int);
                    ALTER TABLE secured ENABLE ROW LEVEL SECURITY; ALTER TABLE secured OWNER TO owner;
                    ALTER TABLE forced ENABLE ROW LEVEL SECURITY; ALTER TABLE forced FORCE ROW LEVEL SECURITY;
                    ALTER TABLE forced OWNER TO owner
                    """);

            assertSeesAll(TestSchemaReader.schemaAs(database, plain), true, false, false);
            assertSeesAll(TestSchemaReader.schemaAs(database, owner), true, true, false);
            assertSeesAll(TestSchemaReader.schemaAs(database, bypass), true, true, true);
            assertSeesAll(TestSchemaReader.schema(database), true, true, true);
        }
    }

    @Test
    void aHostileSessionChangesNothing() throws SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            database.execute("""
                    CREATE SCHEMA evil;
                    CREATE TABLE evil.pg_class (oid oid, relname name);
                    CREATE FUNCTION evil.lower(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT $1';
                    CREATE FUNCTION evil.current_setting(text) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
                    CREATE TYPE evil.mood AS ENUM ('x');
                    CREATE TABLE t (m evil.mood, x text); CREATE INDEX i ON t (lower(x)); CREATE INDEX j ON t (evil.lower(x))
                    """);
            DatabaseSchema plain = TestSchemaReader.schema(database);
            try (Connection connection = database.connection();
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "SET search_path = evil, nowhere, pg_catalog, public; SET quote_all_identifiers = off;"
                                + "CREATE TEMP TABLE pg_index (a int)");
                DatabaseSchema hostile = SchemaReader.read(connection);

                assertThat(hostile.tables()).isEqualTo(plain.tables());
                assertThat(hostile.digest()).isEqualTo(plain.digest());
                assertThat(hostile.searchPath()).containsExactly("evil", "pg_catalog", "public");
                assertThat(show(connection, "search_path")).isEqualTo("evil, nowhere, pg_catalog, public");
            }
        }
    }

    @Test
    void anOpenTransactionStaysOpenWithItsOwnSettings() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA app");
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL search_path = app; SET LOCAL jit = on; CREATE TABLE fresh (id int)");

            DatabaseSchema schema = SchemaReader.read(connection);

            assertThat(schema.tables()).extracting(Table::name).containsExactly(new TableName("app", "fresh"));
            assertThat(show(connection, "search_path")).isEqualTo("app");
            assertThat(show(connection, "jit")).isEqualTo("on");
            connection.rollback();
            assertThat(show(connection, "search_path")).isEqualTo("\"$user\", public");
            assertThat(TestSchemaReader.schema(database).tables()).isEmpty();
        }
    }

    @Test
    void aConnectionThatCommitsByItselfStillDoes() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.connection()) {
            SchemaReader.read(connection);

            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @Test
    void aFailureIsADatabaseExceptionWithItsState() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = 1");
            database.execute("CREATE TABLE t (a int)");

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            SchemaReader.read(connection);
                        }
                    })
                    .isInstanceOfSatisfying(
                            DatabaseException.class,
                            e -> assertThat(e.sqlState()).isEqualTo("57014"))
                    .hasMessageContaining("reading the catalogue");
        }
    }

    @Test
    void threeHundredTablesTakeAsManyQueriesAsOne() throws SQLException {
        int few = statementsToRead("CREATE TABLE t0 (id int PRIMARY KEY)");
        StringBuilder script = new StringBuilder("CREATE TABLE t0 (id int PRIMARY KEY, a int, b int);\n");
        for (int i = 1; i <= 300; i++) {
            script.append("CREATE TABLE t%d (id int PRIMARY KEY, a int REFERENCES t%d, b int REFERENCES t0);%n"
                    .formatted(i, i - 1));
        }

        assertThat(statementsToRead(script.toString())).isEqualTo(few).isLessThanOrEqualTo(14);
    }

    private static int statementsToRead(String script) throws SQLException {
        AtomicInteger statements = new AtomicInteger();
        try (TestDatabase database = TestDatabase.create()) {
            database.execute(script);
            try (Connection connection = database.connection()) {
                DatabaseSchema schema = SchemaReader.read(counting(connection, statements));
                long keys = schema.tables().stream()
                        .mapToLong(t -> t.foreignKeys().size())
                        .sum();
                assertThat(keys).isEqualTo((schema.tables().size() - 1) * 2L);
            }
        }
        return statements.get();
    }

    private static Connection counting(Connection connection, AtomicInteger statements) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (Statement.class.isAssignableFrom(method.getReturnType())) {
                        statements.incrementAndGet();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void assertRights(
            DatabaseSchema schema, String table, boolean select, boolean update, boolean delete) {
        assertThat(TestSchemaReader.table(schema, table).rights())
                .as(table)
                .isEqualTo(new TablePrivileges(true, select, update, delete, true));
    }

    private static void assertSeesAll(DatabaseSchema schema, boolean free, boolean secured, boolean forced) {
        assertThat(TestSchemaReader.table(schema, "free").rights().bypassesRowSecurity())
                .isEqualTo(free);
        assertThat(TestSchemaReader.table(schema, "secured").rights().bypassesRowSecurity())
                .isEqualTo(secured);
        assertThat(TestSchemaReader.table(schema, "forced").rights().bypassesRowSecurity())
                .isEqualTo(forced);
    }
}
