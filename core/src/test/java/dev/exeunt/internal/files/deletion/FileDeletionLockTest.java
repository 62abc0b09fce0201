package dev.exeunt.internal.files.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.erase.Receipt.FileReceipt;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.map.DataMap.FileState;
import dev.exeunt.map.DataMap.FileStore;
import dev.exeunt.map.DataMap.StoredFile;
import dev.exeunt.testkit.MappedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that no row can come to name a file while it is deleted, and that the application waits for about a second at most. */
class FileDeletionLockTest {

    private static final String TABLES = """
            CREATE TABLE people (id int PRIMARY KEY);
            CREATE TABLE posts (id int PRIMARY KEY, person int NOT NULL REFERENCES people, picture text);
            CREATE INDEX ON posts (person);
            CREATE INDEX ON posts (picture);
            INSERT INTO people VALUES (1), (2);
            INSERT INTO posts VALUES (1, 1, '1.png'), (2, 1, '2.png'), (3, 2, '2.png'), (4, 1, '4.png');
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            tables:
              people: { erase: delete }
              posts: { subject: person, files: { picture: up }, erase: delete }
            """;

    private static final String WRITE = "INSERT INTO posts VALUES (9, 2, '1.png')";

    private final MappedDatabase world = MappedDatabase.of(TABLES, MAP);

    @AfterEach
    void close() {
        world.close();
    }

    /** Lets the application write to the tables while it deletes a file. */
    private final class WatchedStore implements FileStore {

        private final List<String> deleted = new ArrayList<>();
        private final String patience;
        private final String slow;
        private String writing = "";

        /**
         * @param slow the file whose deletion waits until the application has written, or has given up
         * @param patience how long the application waits, as PostgreSQL writes it
         */
        WatchedStore(String slow, String patience) {
            this.slow = slow;
            this.patience = patience;
        }

        @Override
        public StoredFile open(String name) {
            return StoredFile.absent(FileState.MISSING);
        }

        @Override
        public FileState delete(String name) {
            if (name.equals(slow)) {
                writing = write(patience);
            }
            deleted.add(name);
            return FileState.PRESENT;
        }

        @Override
        public List<String> faults() {
            return List.of();
        }
    }

    /** Returns what the database says; nothing where the row is written. */
    private String write(String patience) {
        try (Connection other = world.database().connection();
                Statement statement = other.createStatement()) {
            statement.execute("SET lock_timeout = '" + patience + "'");
            statement.execute(WRITE);
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private FileReceipt erase(FileStore store) {
        return Exeunt.builder(Database.at(
                        world.database().jdbcUrl(),
                        world.database().user(),
                        world.database().password()))
                .fileStore("up", store)
                .build()
                .erase(world.map(), List.of("1"), receipt -> {})
                .files();
    }

    @Test
    void noRowCanNameAFileWhileItIsDeleted() {
        WatchedStore store = new WatchedStore("1.png", "50ms");
        assertThat(erase(store)).isEqualTo(new FileReceipt(2, 1, 0, 0, 0));
        assertThat(store.writing).as("lock not available").isEqualTo("55P03");
        assertThat(store.deleted).containsExactlyInAnyOrder("1.png", "4.png");
        assertThat(write("50ms")).as("the lock is gone").isEmpty();
    }

    @Test
    void aStoreThatIsSlowDoesNotHoldUpTheApplication() {
        WatchedStore store = new WatchedStore("1.png", "20s");
        long start = System.nanoTime();
        assertThat(erase(store)).isEqualTo(new FileReceipt(2, 1, 0, 0, 0));
        assertThat(store.writing).as("the row is written").isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(store.deleted).containsExactlyInAnyOrder("1.png", "4.png");
    }

    @Test
    void aSearchThatTakesLongIsDoneWithoutTheLock() throws SQLException {
        world.database()
                .execute("DROP INDEX posts_picture_idx;"
                        + " INSERT INTO posts SELECT n, 2, n || '.jpg' FROM generate_series(10, 60000) n");
        Plan plan = world.check().planOrThrow();
        List<String> seen = new ArrayList<>();
        try (Connection connection = world.database().connection()) {
            connection.setAutoCommit(false);
            boolean free = new FileUsage(connection, plan, Duration.ofMillis(1))
                    .of("up", List.of("1.png", "55.jpg", "gone.png"), (used, lock) -> {
                        assertThat(used).isEqualTo(Set.of("1.png", "55.jpg"));
                        assertThat(lock.isHeld()).isFalse();
                        seen.add(write("50ms"));
                    });
            assertThat(free).isTrue();
            connection.rollback();
        }
        assertThat(seen).containsExactly("");
    }
}
