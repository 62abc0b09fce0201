package dev.exeunt.internal.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds a request between capture and first write, and tries what would put rows out of its reach. */
class RowLocksOfHidingTest {

    /** The trigger holds every writer but the application, before it locks a row. */
    private static final String SCHEMA = """
            CREATE TABLE people (id bigint PRIMARY KEY);
            CREATE TABLE posts (id int PRIMARY KEY, author bigint REFERENCES people, hidden_at timestamptz);
            CREATE TABLE likes (id int PRIMARY KEY, post int NOT NULL REFERENCES posts, hidden_at timestamptz);
            CREATE INDEX ON posts (author); CREATE INDEX ON likes (post);
            INSERT INTO people VALUES (1), (2); INSERT INTO posts VALUES (10, 1), (20, 2);
            INSERT INTO likes VALUES (100, 10), (200, 20);
            CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF pg_catalog.current_setting('application_name') <> 'the application' THEN
                PERFORM pg_catalog.pg_advisory_xact_lock_shared(4711);
              END IF;
              RETURN NULL;
            END $$;
            CREATE TRIGGER pause BEFORE UPDATE ON posts EXECUTE FUNCTION pause();
            CREATE TRIGGER pause BEFORE UPDATE ON likes EXECUTE FUNCTION pause();
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            flows: { deactivate: { grace: 30d } }
            tables:
              people: { erase: delete }
              posts: { subject: author, hide: { set: { hidden_at: "{now}" } }, erase: delete }
              likes: { through: posts, on: post, hide: { set: { hidden_at: "{now}" } }, erase: delete }
            """;

    private static final String WAITING = """
            SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                AND application_name %s 'the application'
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a captured row that is moved to another person | UPDATE posts SET author = 2 WHERE id = 10
            a row under a captured row that is moved       | UPDATE likes SET post = 20 WHERE id = 100
            a row under a captured row                     | INSERT INTO likes VALUES (101, 10)
            """)
    void waits(String what, String sql) throws Exception {
        try (MappedDatabase world = MappedDatabase.of(SCHEMA, MAP);
                Connection holding = world.database().connection();
                Statement hold = holding.createStatement()) {
            AccountRequests requests = requests(world);
            hold.execute("SELECT pg_advisory_lock(4711)");
            CompletableFuture<Request> asked =
                    CompletableFuture.supplyAsync(() -> requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, "1")));
            await(world.database(), WAITING.formatted("<>"), asked);
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(world.database(), sql));
            await(world.database(), WAITING.formatted("="), written);
            assertThat(written).as(what).isNotDone();
            hold.execute("SELECT pg_advisory_unlock(4711)");
            asked.get(30, TimeUnit.SECONDS);
            written.get(30, TimeUnit.SECONDS);
            assertThat(world.database().column("SELECT id::text FROM posts WHERE hidden_at IS NOT NULL"))
                    .containsExactly("10");
            assertThat(world.database().column("SELECT id::text FROM likes WHERE hidden_at IS NOT NULL"))
                    .containsExactly("100");
        }
    }

    private static AccountRequests requests(MappedDatabase world) {
        Exeunt exeunt = Exeunt.builder(Database.at(
                        world.database().jdbcUrl(),
                        world.database().user(),
                        world.database().password()))
                .key(HashKey.ofHex("8899aabbccddeeff00112233445566778899aabbccddeeff0011223344556677"))
                .build();
        exeunt.migrate();
        return exeunt.requests(world.map());
    }

    private static void await(TestDatabase database, String waiting, CompletableFuture<?> over) {
        while (!over.isDone() && database.scalar(waiting).equals("0")) {
            Thread.onSpinWait();
        }
    }

    private static void write(TestDatabase database, String sql) {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET application_name = 'the application'");
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
