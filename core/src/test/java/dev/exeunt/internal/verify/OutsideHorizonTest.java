package dev.exeunt.internal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an erasure does not reach is said with the time until when it holds former values. */
class OutsideHorizonTest {

    private static final String SQL = "CREATE TABLE users (id bigint PRIMARY KEY); INSERT INTO users VALUES (1);";
    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables: { users: { erase: delete } }
            """;
    private static final String LOG =
            "The write-ahead log holds former values until its files are written over, some checkpoints later.";

    @Test
    void backupsAreNamedWithTheTimeThatTheMapGives() {
        assertThat(outside(MAP + "backups: 35d\n"))
                .containsExactly(LOG, "Backups still hold it, for 35 days after an erasure (backups in the map).");
    }

    @Test
    void aMapThatDoesNotSayHowLongIsToldHow() {
        assertThat(outside(MAP))
                .containsExactly(
                        LOG,
                        "Backups still hold it. How long they are kept is not known: backups: 35d in the map says it.");
    }

    /** A slot makes the server keep its log: what the log holds ends with the slot. */
    @Test
    void aReplicationSlotIsNamed() {
        try (MappedDatabase world = MappedDatabase.of(SQL, MAP)) {
            world.database().execute("SELECT pg_create_physical_replication_slot('horizon')");
            try {
                assertThat(world.exeunt()
                                .rehearse(world.map(), List.of("1"), 0)
                                .search()
                                .notes())
                        .anyMatch(o -> o.startsWith("The replication slot horizon keeps former values"))
                        .contains(LOG);
            } finally {
                world.database().execute("SELECT pg_drop_replication_slot('horizon')");
            }
        }
    }

    /** The message that the erasure is done goes out after it. */
    @Test
    void addressesOfMessagesThatWaitAreNamed() {
        try (MappedDatabase world = MappedDatabase.of(SQL, MAP)) {
            world.exeunt().migrate();
            world.database().execute("""
                    INSERT INTO exeunt.request (id, kind, state, requested_by, requested_at, due_at, erased_at)
                    VALUES ('00000000-0000-4000-8000-000000000001', 'delete-account', 'erased', 'self', now(), now(), now());
                    INSERT INTO exeunt.message (request, kind, language, address, send_at)
                    VALUES ('00000000-0000-4000-8000-000000000001', 'done', 'en', 'anna@x.test', now());
                    """);
            assertThat(world.exeunt()
                            .verify(world.map(), List.of("1"), List.of())
                            .outside())
                    .contains("exeunt.message holds the addresses of 1 message until the mail server has taken them.")
                    .noneMatch(note -> note.contains("anna"));
        }
    }

    private static List<String> outside(String map) {
        try (MappedDatabase world = MappedDatabase.of(SQL, map)) {
            world.erase("1");
            return world.exeunt().verify(world.map(), List.of("1"), List.of()).outside();
        }
    }
}
