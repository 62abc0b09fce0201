package dev.exeunt.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.database.Database;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.testkit.TestConnectionPool;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that a second connection reads the snapshot of the first. */
class SnapshotConnectionsTest {

    private static final SqlFragment COUNT = SqlFragment.of("SELECT pg_catalog.count(*) FROM public.a");

    @Test
    void bothReadTheSameMoment() {
        try (TestDatabase test = TestDatabase.createFrom("CREATE TABLE a (id int); INSERT INTO a VALUES (1);")) {
            Database database = Database.at(test.jdbcUrl(), test.user(), test.password());
            List<Long> counts = Transaction.runInSnapshot(database, "reading", first -> {
                SqlRunner.count(first, COUNT);
                test.execute("INSERT INTO a VALUES (2)");
                try (SnapshotConnections connections = new SnapshotConnections(first, database)) {
                    assertThat(connections.all()).hasSize(2).first().isSameAs(first);
                    return List.of(
                            count(connections.all().get(0)),
                            count(connections.all().get(1)));
                }
            });
            assertThat(counts).containsExactly(1L, 1L);
        }
    }

    @Test
    void noSecondOneIsTakenFromAPool() {
        try (TestDatabase test = TestDatabase.createFrom("CREATE TABLE a (id int);")) {
            Database database = Database.at(test.jdbcUrl(), test.user(), test.password());
            Database pooled = database.pooled(TestConnectionPool::new);
            int connections = Transaction.runInSnapshot(database, "reading", first -> {
                try (SnapshotConnections lent = new SnapshotConnections(first, pooled)) {
                    return lent.all().size();
                }
            });
            assertThat(connections).isEqualTo(1);
        }
    }

    /** The server may have no connection left for a second one. */
    @Test
    void oneIsEnough() {
        try (TestDatabase test = TestDatabase.createFrom("CREATE TABLE a (id int); INSERT INTO a VALUES (1);")) {
            Database database = Database.at(test.jdbcUrl(), test.user(), test.password());
            Database wrong = Database.at(test.jdbcUrl(), "stranger", "wrong");
            long rows = Transaction.runInSnapshot(database, "reading", first -> {
                try (SnapshotConnections connections = new SnapshotConnections(first, wrong)) {
                    assertThat(connections.all()).containsExactly(first);
                    return count(first);
                }
            });
            assertThat(rows).isEqualTo(1);
        }
    }

    private static long count(Connection connection) throws SQLException {
        return SqlRunner.count(connection, COUNT);
    }
}
