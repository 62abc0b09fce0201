package dev.exeunt.internal.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.ProgressListener;
import dev.exeunt.database.Database;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds an erasure between capture and first write, and tries what would put rows out of its reach. */
class CapturedRowLocksTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id bigint PRIMARY KEY);
            CREATE TABLE posts (id int PRIMARY KEY, author bigint REFERENCES people);
            CREATE TABLE likes (post int NOT NULL REFERENCES posts);
            CREATE INDEX ON posts (author); CREATE INDEX ON likes (post);
            INSERT INTO people VALUES (1), (2); INSERT INTO posts VALUES (10, 1), (20, 2); INSERT INTO likes VALUES (10), (20);
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            tables:
              people: { erase: delete }
              posts: { subject: author, erase: delete }
              likes: { through: posts, on: post, erase: delete }
            """;

    private static final String WAITING = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'the application' AND wait_event_type = 'Lock'
            """;

    /** Captured rows are locked; an insert waits for the row that it refers to. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a row under the person                            | INSERT INTO posts VALUES (11, 1)            | 23503
            a row under a captured row                        | INSERT INTO likes VALUES (10)               | 23503
            a captured row that is moved to another person    | UPDATE posts SET author = 2 WHERE id = 10   | 0
            a captured row that is moved to nobody            | UPDATE posts SET author = NULL WHERE id = 10| 0
            a captured row whose key changes                  | UPDATE posts SET id = 12 WHERE id = 10      | 0
            """)
    void waits(String what, String sql, String outcome) throws Exception {
        try (MappedDatabase world = MappedDatabase.of(SCHEMA, MAP)) {
            HeldErasure held = new HeldErasure(world.database(), sql);
            Exeunt exeunt = Exeunt.builder(Database.at(
                            world.database().jdbcUrl(),
                            world.database().user(),
                            world.database().password()))
                    .progress(held)
                    .build();
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            assertThat(held.waited).as(what).isTrue();
            assertThat(held.outcome.get(30, TimeUnit.SECONDS)).isEqualTo(outcome);
            assertThat(world.database().column("SELECT id::text FROM posts")).containsExactly("20");
            assertThat(world.database().column("SELECT post::text FROM likes")).containsExactly("20");
        }
    }

    /** Lets the application's statement run before the first write, until it waits or is done. */
    private static final class HeldErasure implements ProgressListener {
        private static final int FIRST_WRITE = 2;

        private final TestDatabase database;
        private final String sql;
        private final CompletableFuture<String> outcome = new CompletableFuture<>();
        private boolean waited;

        private HeldErasure(TestDatabase database, String sql) {
            this.database = database;
            this.sql = sql;
        }

        @Override
        public void at(String what, int done, int of) {
            if (done != FIRST_WRITE) {
                return;
            }
            new Thread(() -> outcome.complete(run())).start();
            while (!waited && !outcome.isDone()) {
                waited = database.scalar(WAITING).equals("1");
            }
        }

        /** Returns the rows that were changed, or the SQLSTATE. */
        private String run() {
            try (Connection connection = database.connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET application_name = 'the application'");
                return Integer.toString(statement.executeUpdate(sql));
            } catch (SQLException e) {
                return e.getSQLState();
            }
        }
    }
}
