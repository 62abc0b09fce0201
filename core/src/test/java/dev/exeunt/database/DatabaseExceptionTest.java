package dev.exeunt.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseExceptionTest {

    private static final String VALUE = "ann@example.org";

    private static TestDatabase database;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        database.createRole("weak");
        database.execute("""
                CREATE SCHEMA app;
                CREATE TABLE users (mail text CONSTRAINT users_key PRIMARY KEY, age int NOT NULL, nick varchar(3),
                                    CONSTRAINT adult CHECK (mail <> 'x' OR age > 17));
                CREATE TABLE app.notes (mail text CONSTRAINT author REFERENCES users ON DELETE RESTRICT);
                CREATE TABLE secured (a int); ALTER TABLE secured ENABLE ROW LEVEL SECURITY; GRANT ALL ON secured TO weak;
                CREATE FUNCTION shout(text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no %', $1; END $$;
                INSERT INTO users VALUES ('ann@example.org', 30); INSERT INTO app.notes VALUES ('ann@example.org')
                """);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "INSERT INTO users VALUES ('ann@example.org', 1)    | 23505 | users     | users_key | A value that must be unique exists already on table users, constraint users_key",
                "INSERT INTO users VALUES ('ann@example.com', NULL) | 23502 | users     | -         | A column that is NOT NULL would become NULL on table users, column age",
                "INSERT INTO users VALUES ('x', 1)                  | 23514 | users     | adult     | A CHECK would be violated on table users, constraint adult",
                "INSERT INTO app.notes VALUES ('bob@example.org')   | 23503 | app.notes | author    | A foreign key would be violated on table app.notes, constraint author",
                "UPDATE users SET nick = 'ann@example.org'          | 22001 | -         | -         | A value is too long for its column",
                "SELECT 'ann@example.org'::int                      | 22P02 | -         | -         | A value is not a literal of its type",
                "SELECT 'ann@example.org'::date                     | 22007 | -         | -         | A value is not a date or time",
                "SELECT shout('ann@example.org')                    | P0001 | -         | -         | A trigger or function of the database raised an error",
                "SELECT \"ann@example.org\" FROM users              | 42703 | -         | -         | The SQL names a column that does not exist"
            })
    void sayWhatAndWhereButNeverAValue(String sql, String state, String table, String constraint, String start) {
        DatabaseException e = failing(database.user(), sql);

        assertThat(e.sqlState()).isEqualTo(state);
        assertThat(e.table()).isEqualTo(table);
        assertThat(e.constraint()).isEqualTo(constraint);
        assertThat(e).hasMessageStartingWith(start).hasMessageEndingWith(", while trying (SQLSTATE " + state + ").");
        assertThat(printed(e)).doesNotContain(VALUE, "example", "bob");
    }

    @Test
    void aDeleteThatIsRefusedNamesTheForeignKey() {
        DatabaseException e = failing(database.user(), "DELETE FROM users");

        assertThat(e.sqlState()).isIn("23503", "23001"); // 23001 from PostgreSQL 18
        assertThat(e.constraint()).isEqualTo("author");
        assertThat(printed(e)).doesNotContain(VALUE);
    }

    @Test
    void missingRightsAndRowSecurityAreToldApart() {
        assertThat(failing("weak", "SELECT * FROM users")).hasMessageStartingWith("The role lacks a right it needs");
        assertThat(failing("weak", "SELECT * FROM secured")).hasMessageStartingWith("Row security hides rows");
    }

    @Test
    void aLockThatIsNotToBeHadIsSaid() throws SQLException {
        try (Connection other = connect(database.user());
                Statement holding = other.createStatement()) {
            holding.execute("LOCK TABLE users");

            DatabaseException e = failing(database.user(), "SET lock_timeout = 10; SELECT * FROM users");

            assertThat(e.sqlState()).isEqualTo("55P03");
            assertThat(e).hasMessageStartingWith("A lock was not available in time");
        }
    }

    @Test
    void aTimeLimitIsSaid() {
        assertThat(failing(database.user(), "SET statement_timeout = 10; SELECT pg_catalog.pg_sleep(9)"))
                .hasMessageStartingWith("PostgreSQL cancelled the statement");
    }

    @Test
    void aSessionThatWasEndedIsSaid() {
        assertThat(failing(database.user(), "SELECT pg_terminate_backend(pg_backend_pid())"))
                .hasMessageStartingWith("PostgreSQL was shut down, or an administrator ended the session");
    }

    @Test
    void anErrorWithoutAStateIsStillOne() {
        DatabaseException e = DatabaseException.of(new SQLException("about " + VALUE), "trying");

        assertThat(e).hasMessage("PostgreSQL refused, while trying (SQLSTATE unknown).");
        assertThat(e.sqlState()).isEqualTo("unknown");
    }

    private static DatabaseException failing(String role, String sql) {
        try (Connection connection = connect(role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            throw new AssertionError("it worked: " + sql);
        } catch (SQLException e) {
            return DatabaseException.of(e, "trying");
        }
    }

    private static Connection connect(String role) {
        return Database.at(database.jdbcUrl(), role, role).connect();
    }

    private static String printed(Exception e) {
        StringWriter printed = new StringWriter();
        e.printStackTrace(new PrintWriter(printed));
        return printed.toString();
    }
}
