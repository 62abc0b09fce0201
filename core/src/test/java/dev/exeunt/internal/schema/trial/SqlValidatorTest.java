package dev.exeunt.internal.schema.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.database.DatabaseException;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests how PostgreSQL judges the SQL texts of a map. */
class SqlValidatorTest {

    private static final TableName A = new TableName("public", "a");

    private static TestDatabase database() {
        return TestDatabase.createFrom("CREATE TABLE a (n int, \"Some Name\" text); CREATE SCHEMA app;"
                + "CREATE FUNCTION app.lower(text) RETURNS text VOLATILE LANGUAGE sql AS 'SELECT $1';");
    }

    private static Connection open(TestDatabase database) throws SQLException {
        Connection connection = database.connection();
        connection.setAutoCommit(false);
        return connection;
    }

    @Test
    void leavesNothingInTheTransaction() throws SQLException {
        try (TestDatabase database = database();
                Connection connection = open(database)) {
            String before = state(connection);
            SqlValidator.validate(
                    connection,
                    List.of(
                            new MapSql.RowCondition(A, "n = 1"),
                            new MapSql.RowCondition(A, "m = 1"),
                            new MapSql.ColumnExpression(A, "n", "pg_catalog.int4", "n + 1")));
            assertThat(state(connection)).isEqualTo(before);
        }
    }

    private static String state(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT (SELECT count(*) FROM pg_locks l WHERE l.pid = pg_backend_pid() AND l.relation = 'a'::regclass),"
                                + " (SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'exeunt%'),"
                                + " (SELECT count(*) FROM pg_class WHERE relname LIKE 'exeunt%'),"
                                + " current_setting('lock_timeout'), current_setting('search_path')")) {
            row.next();
            return row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " " + row.getString(4) + " "
                    + row.getString(5);
        }
    }

    @Test
    void theFunctionIsTheOneTheSearchPathFinds() throws SQLException {
        try (TestDatabase database = database();
                Connection connection = open(database)) {
            MapSql text = new MapSql.RowCondition(A, "lower(\"Some Name\") = 'x'");
            assertThat(changing(connection, text)).isEmpty();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL search_path = app, pg_catalog, public");
            }
            assertThat(changing(connection, text)).containsExactly("app.lower(text)");
        }
    }

    private static List<String> changing(Connection connection, MapSql text) {
        return SqlValidator.validate(connection, List.of(text))
                .of(text)
                .orElseThrow()
                .insides()
                .changing();
    }

    @Test
    void aTextCannotPassForATreeOfItsOwn() throws SQLException {
        try (TestDatabase database = database();
                Connection connection = open(database)) {
            String oid = database.scalar("SELECT 'random()'::regprocedure::oid::text");
            database.execute("ALTER TABLE a ADD COLUMN \":funcid " + oid + " \" int");
            MapSql text = new MapSql.RowCondition(
                    A, "\":funcid " + oid + " \" = 1 AND \"Some Name\" = ':funcid " + oid + " '");
            assertThat(changing(connection, text)).isEmpty();
        }
    }

    @Test
    void oneAtFaultAmongManyIsTheOnlyOneAtFault() throws SQLException {
        try (TestDatabase database = database();
                Connection connection = open(database)) {
            List<MapSql> texts = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                texts.add(new MapSql.RowCondition(A, i == 170 ? "n = " : "n = " + i));
            }
            SqlValidationResult tried = SqlValidator.validate(connection, texts);
            assertThat(texts)
                    .filteredOn(t -> tried.of(t).orElseThrow().fault() != null)
                    .containsExactly(texts.get(170));
        }
    }

    @Test
    void aTriggerThatRefusesViewsLeavesTheTextUnproven() throws SQLException {
        try (TestDatabase database = database();
                Connection connection = open(database)) {
            database.execute("CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS"
                    + " 'BEGIN RAISE EXCEPTION ''not here''; END';"
                    + "CREATE EVENT TRIGGER no ON ddl_command_start WHEN TAG IN ('CREATE VIEW') EXECUTE FUNCTION no()");
            MapSql text = new MapSql.RowCondition(A, "n = 1");
            SqlVerdict verdict =
                    SqlValidator.validate(connection, List.of(text)).of(text).orElseThrow();
            assertThat(verdict.fault()).isNull();
            assertThat(verdict.insides().unknown()).contains("P0001").doesNotContain("not here");
        }
    }

    @Test
    void aLockedTableIsNoFaultOfTheText() throws SQLException {
        try (TestDatabase database = database();
                Connection connection = open(database);
                Connection other = open(database)) {
            try (Statement lock = other.createStatement();
                    Statement impatient = connection.createStatement()) {
                lock.execute("LOCK TABLE a");
                impatient.execute("SET statement_timeout = '200ms'");
            }
            assertThatThrownBy(() -> SqlValidator.validate(connection, List.of(new MapSql.RowCondition(A, "n = 1"))))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("while trying the map's SQL");
        }
    }
}
