package dev.exeunt.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that statements run with their values bound, and that rows are read as the caller asks. */
class SqlRunnerTest {

    private static final SqlFragment NUMBERS = SqlFragment.of("SELECT n FROM generate_series(1, ?::int) AS n", "25");
    private static final SqlFragment NO_ROWS = SqlFragment.of("SELECT 1 WHERE false");

    private static TestDatabase database;
    private static Connection connection;

    @BeforeAll
    static void connect() throws SQLException {
        database = TestDatabase.create();
        connection = database.connection();
        connection.setAutoCommit(false);
        SqlRunner.update(connection, SqlFragment.of("CREATE TABLE note (id int, text text)"));
    }

    @AfterAll
    static void close() throws SQLException {
        connection.rollback();
        connection.close();
        database.close();
    }

    @Test
    void readsAllRowsOrTheFirst() throws SQLException {
        assertThat(SqlRunner.list(connection, NUMBERS, row -> row.getInt(1)))
                .hasSize(25)
                .startsWith(1, 2)
                .endsWith(25);
        assertThat(SqlRunner.first(connection, NUMBERS, row -> row.getInt(1))).contains(1);
        int one = SqlRunner.one(connection, NUMBERS, row -> row.getInt(1));
        assertThat(one).isEqualTo(1);
        assertThat(SqlRunner.list(connection, NO_ROWS, row -> row.getInt(1))).isEmpty();
        assertThat(SqlRunner.first(connection, NO_ROWS, row -> row.getInt(1))).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> SqlRunner.one(connection, NO_ROWS, row -> row.getInt(1)));
    }

    @Test
    void tellsWhetherThereAreRowsAndHowMany() throws SQLException {
        assertThat(SqlRunner.exists(connection, NUMBERS)).isTrue();
        assertThat(SqlRunner.exists(connection, NO_ROWS)).isFalse();
        assertThat(SqlRunner.exists(connection, SqlFragment.of("SELECT false"))).isTrue();
        assertThat(SqlRunner.isTrue(connection, SqlFragment.of("SELECT false"))).isFalse();
        assertThat(SqlRunner.isTrue(connection, SqlFragment.of("SELECT EXISTS (SELECT 1)")))
                .isTrue();
        assertThat(SqlRunner.count(connection, SqlFragment.of("SELECT count(*) FROM generate_series(1, 7)")))
                .isEqualTo(7);
    }

    @Test
    void countsWrittenRows() throws SQLException {
        SqlFragment insert = SqlTemplate.of("INSERT INTO note SELECT n, :text FROM generate_series(1, 3) AS n")
                .bind("text", "it's")
                .toFragment();
        assertThat(SqlRunner.update(connection, insert)).isEqualTo(3);
        SqlFragment delete = SqlFragment.of("DELETE FROM note WHERE text = ? RETURNING id", "it's");
        assertThat(SqlRunner.list(connection, delete, row -> row.getInt(1))).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void handsOverRowsAFewAtATime() throws SQLException {
        List<Integer> seen = new ArrayList<>();
        assertThat(SqlRunner.forEach(connection, NUMBERS, 10, row -> seen.add(row.getInt(1))))
                .isEqualTo(25);
        assertThat(seen).hasSize(25).endsWith(25);
    }

    /** The fault is in the twentieth row: the first ten were handed over before the server came to it. */
    @Test
    void doesNotWaitForAllRowsBeforeItHandsOverTheFirst() throws SQLException {
        connection.commit();
        List<Integer> seen = new ArrayList<>();
        SqlFragment faulty = SqlFragment.of("SELECT 1 / (20 - n), n FROM generate_series(1, 25) AS n");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> SqlRunner.forEach(connection, faulty, 10, row -> seen.add(row.getInt(2))))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("22012"));
        assertThat(seen).hasSize(10);
        connection.rollback();
    }

    @Test
    void passesErrorsOnAsTheDriverHasThem() throws SQLException {
        connection.commit();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> SqlRunner.count(connection, SqlFragment.of("SELECT 1/0")))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("22012"));
        connection.rollback();
    }
}
