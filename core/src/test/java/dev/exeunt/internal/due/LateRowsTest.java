package dev.exeunt.internal.due;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.erase.Residue.LateRowCounts;
import dev.exeunt.erase.Residue.LateRows;
import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.support.event.EventOutbox;
import dev.exeunt.support.event.OutgoingEvent;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that rows which come after an erasure are found, told once, and erased where the map says so. */
class LateRowsTest {

    private static final Actor STAFF = Actor.staff("ann");
    private static final LateRowCounts NOTHING = new LateRowCounts(0, 0, 0);

    private static final String TABLES = """
            CREATE TABLE people (id text PRIMARY KEY, email text);
            INSERT INTO people SELECT 'person-' || n, 'p' || n || '@example.org' FROM generate_series(1, 450) AS n;
            CREATE TABLE sessions (token text PRIMARY KEY, person text);
            INSERT INTO sessions SELECT 'token-' || n, 'person-' || n FROM generate_series(1, 450) AS n;
            CREATE TABLE invoices (no serial PRIMARY KEY, person text, made timestamptz);
            INSERT INTO invoices (person, made) VALUES ('person-1', '2026-01-01'), ('person-2', '2026-01-01');
            """;
    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            flows:
              deactivate: { grace: 2d }
              delete-account: { grace: 1d }
            external:
              bot: { events: [late_rows_found] }
            late-rows: { look: [10min, 1h, 1d], then: report }
            tables:
              people: { erase: delete }
              sessions: { subject: person, export: none, erase: delete }
              invoices: { subject: person, created: made, erase: { keep: tax law } }
            """;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-01T12:00:00Z"));

    private record World(MappedDatabase world, Exeunt exeunt, AccountRequests requests) implements AutoCloseable {

        void sql(String statement) {
            world.database().execute(statement);
        }

        List<String> column(String query) {
            return world.database().column(query);
        }

        @Override
        public void close() {
            world.close();
        }
    }

    private World world(String map) {
        MappedDatabase world = MappedDatabase.of(TABLES, map);
        Exeunt exeunt = exeunt(world, GuildTestApplication.KEY);
        exeunt.migrate();
        return new World(world, exeunt, exeunt.requests(world.map()));
    }

    private Exeunt exeunt(MappedDatabase world, HashKey key) {
        return Exeunt.builder(database(world)).key(key).clock(clock).build();
    }

    private static Database database(MappedDatabase world) {
        return Database.at(
                world.database().jdbcUrl(),
                world.database().user(),
                world.database().password());
    }

    private UUID erase(World world, String person) {
        UUID request = world.requests
                .submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, person))
                .id();
        clock.advance(Duration.ofDays(1));
        assertThat(world.requests.eraseDue("reaper").erased()).isEqualTo(1);
        return request;
    }

    private LateRowCounts lookAfter(World world, Duration time) {
        clock.advance(time);
        return world.requests.lookForLateRows();
    }

    private List<OutgoingEvent> events(World world) {
        return EventOutbox.open(database(world.world), clock, GuildTestApplication.KEY, world.world.map())
                .claim("bot", "worker", 10);
    }

    @Test
    void aRowThatACacheWroteBackIsReportedOnceAndStaffEraseIt() {
        try (World world = world(MAP)) {
            UUID request = erase(world, "person-1");
            assertThat(lookAfter(world, Duration.ofMinutes(9))).isEqualTo(NOTHING);
            world.sql("INSERT INTO sessions VALUES ('from-cache', 'person-1')");
            assertThat(lookAfter(world, Duration.ofMinutes(1))).isEqualTo(new LateRowCounts(1, 1, 0));
            assertThat(lookAfter(world, Duration.ofHours(1))).isEqualTo(new LateRowCounts(1, 1, 0));

            LateRows found = world.requests.lateRows().get(0);
            assertThat(found.request()).isEqualTo(request);
            assertThat(found.places()).containsExactly(new ResiduePlace("sessions", "person", "link", 1, null));
            assertThat(found.sameKey()).isFalse();
            assertThat(events(world)).extracting(OutgoingEvent::type).containsExactly("user.late_rows_found");
            assertThat(world.column("SELECT details::text FROM exeunt.event WHERE name = 'user.late_rows_found'"))
                    .as("the same rows are told once")
                    .hasSize(1)
                    .noneMatch(details -> details.contains("person-1"));

            world.requests.eraseLateRows(request, STAFF, "written by the session cache");
            assertThat(world.column("SELECT token FROM sessions WHERE person = 'person-1'"))
                    .isEmpty();
            assertThat(world.column("SELECT count(*) FROM sessions")).containsExactly("449");
            assertThat(world.requests.lateRows()).isEmpty();
            assertThat(world.column(
                            "SELECT actor || ' ' || reason FROM exeunt.event WHERE name = 'user.late_rows_erased'"))
                    .containsExactly("staff:ann written by the session cache");
            assertThat(lookAfter(world, Duration.ofDays(1))).isEqualTo(new LateRowCounts(1, 0, 0));
        }
    }

    @Test
    void theKeyIsEncryptedAndForgottenAfterTheLastLook() {
        try (World world = world(MAP)) {
            erase(world, "person-1");
            assertThat(world.column("SELECT w::text FROM exeunt.late_row_watch AS w"))
                    .hasSize(1)
                    .noneMatch(row -> row.contains("person-1") || row.contains("706572736f6e2d31"));
            assertThat(lookAfter(world, Duration.ofDays(1)).looked())
                    .as("looks that were missed are one look")
                    .isEqualTo(1);
            world.requests.lookForLateRows();
            assertThat(world.column("SELECT count(*) FROM exeunt.late_row_watch"))
                    .containsExactly("0");
        }
    }

    @Test
    void aMapCanHaveLateRowsErasedAndOthersKeepTheirs() {
        try (World world = world(MAP.replace("then: report", "then: erase"))) {
            erase(world, "person-1");
            world.sql("""
                    INSERT INTO sessions VALUES ('from-cache', 'person-1'), ('of another', 'person-2');
                    """);
            assertThat(lookAfter(world, Duration.ofMinutes(10))).isEqualTo(new LateRowCounts(1, 0, 1));
            assertThat(world.column("SELECT token FROM sessions WHERE token !~ '^token' ORDER BY 1"))
                    .containsExactly("of another");
            assertThat(world.column("SELECT name FROM exeunt.event WHERE name ~ 'late' ORDER BY name"))
                    .containsExactly("user.late_rows_erased", "user.late_rows_found");
            assertThat(events(world)).hasSize(1);
            assertThat(world.exeunt
                            .verify(world.world.map(), List.of("person-1"), List.of())
                            .places())
                    .allMatch(place -> place.kept() != null);
        }
    }

    @Test
    void rowsThatTheMapKeepsCountOnlyIfTheyCameLater() {
        try (World world = world(MAP)) {
            erase(world, "person-1");
            assertThat(lookAfter(world, Duration.ofMinutes(10)))
                    .as("the invoice of before is kept")
                    .isEqualTo(new LateRowCounts(1, 0, 0));
            world.sql("INSERT INTO invoices (person, made) VALUES ('person-1', '" + clock.instant() + "')");
            assertThat(lookAfter(world, Duration.ofHours(1)).found()).isEqualTo(1);
            assertThat(world.requests.lateRows().get(0).places())
                    .containsExactly(new ResiduePlace("invoices", "person", "later", 1, null));
        }
    }

    @Test
    void anErasedPersonWhoseKeyIsInUseAgainIsReportedAndNeverErasedByItself() {
        try (World world = world(MAP.replace("then: report", "then: erase"))) {
            UUID request = erase(world, "person-1");
            world.sql("""
                    INSERT INTO people VALUES ('person-1', 'new@example.org');
                    INSERT INTO sessions VALUES ('new', 'person-1');
                    """);
            assertThat(lookAfter(world, Duration.ofMinutes(10))).isEqualTo(new LateRowCounts(1, 1, 0));
            LateRows found = world.requests.lateRows().get(0);
            assertThat(found.sameKey()).isTrue();
            assertThat(found.places()).containsExactly(new ResiduePlace("people", "id", "same-key", 1, null));
            assertThatThrownBy(() -> world.requests.eraseLateRows(request, STAFF, "why not"))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("key of the erased person again");
            world.requests.dismissLateRows(request, STAFF, "a new person took the name");
            assertThat(world.requests.lateRows()).isEmpty();
            assertThat(world.column("SELECT count(*) FROM exeunt.late_row_watch"))
                    .containsExactly("0");
            assertThat(world.column("SELECT token FROM sessions WHERE person = 'person-1'"))
                    .containsExactly("new");
            assertThatThrownBy(() -> world.requests.dismissLateRows(request, STAFF, "again"))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("no late rows are listed");
        }
    }

    @Test
    void aPersonWhoCameByTheKeySinceTheLookIsNotErased() {
        try (World world = world(MAP)) {
            UUID request = erase(world, "person-1");
            world.sql("INSERT INTO sessions VALUES ('from-cache', 'person-1')");
            assertThat(lookAfter(world, Duration.ofMinutes(10)).found()).isEqualTo(1);
            world.sql("""
                    INSERT INTO people VALUES ('person-1', 'new@example.org');
                    INSERT INTO sessions VALUES ('new', 'person-1');
                    """);
            assertThatThrownBy(() -> world.requests.eraseLateRows(request, STAFF, "written by the cache"))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("key of the erased person again");
            assertThat(world.column("SELECT email FROM people WHERE id = 'person-1'"))
                    .containsExactly("new@example.org");
            assertThat(world.column("SELECT token FROM sessions WHERE person = 'person-1' ORDER BY 1"))
                    .containsExactly("from-cache", "new");
            assertThat(world.column("SELECT count(*) FROM exeunt.event WHERE name = 'user.late_rows_erased'"))
                    .containsExactly("0");
        }
    }

    @Test
    void aGuardThatForbidsTheErasureIsSaid() {
        String guard = """
                guards:
                  token-kept:
                    flows: [delete-account]
                    sql: select token from sessions where person = :subject and token = 'kept'
                    message: "{token} is in use."
                """;
        try (World world = world(MAP.replace("then: report", "then: erase") + guard)) {
            erase(world, "person-1");
            world.sql("INSERT INTO sessions VALUES ('kept', 'person-1')");
            assertThat(lookAfter(world, Duration.ofMinutes(10))).isEqualTo(new LateRowCounts(1, 1, 0));
            assertThat(world.requests.lateRows().get(0).failure())
                    .contains("has to be put right first")
                    .doesNotContain("kept");
            assertThat(world.column("SELECT token FROM sessions WHERE person = 'person-1'"))
                    .containsExactly("kept");
        }
    }

    @Test
    void anErasureOfLateRowsThatFailsIsSaidAndTriedAgain() {
        try (World world = world(MAP.replace("then: report", "then: erase"))) {
            erase(world, "person-1");
            world.sql("""
                    CREATE TABLE pins (token text REFERENCES sessions);
                    INSERT INTO sessions VALUES ('from-cache', 'person-1');
                    INSERT INTO pins VALUES ('from-cache');
                    """);
            AccountRequests sameMap = world.requests;
            clock.advance(Duration.ofMinutes(10));
            assertThat(sameMap.lookForLateRows()).isEqualTo(new LateRowCounts(1, 1, 0));
            assertThat(sameMap.lateRows().get(0).failure()).isNotBlank().doesNotContain("person-1");
            world.sql("DROP TABLE pins");
            AccountRequests proven =
                    exeunt(world.world, GuildTestApplication.KEY).requests(world.world.map());
            clock.advance(Duration.ofHours(1));
            assertThat(proven.lookForLateRows()).isEqualTo(new LateRowCounts(1, 0, 1));
            assertThat(proven.lateRows()).isEmpty();
        }
    }

    @Test
    void ofManyPeopleOnlyThoseWithRowsAreFoundAndTwoWorkersLookAtEachOnce() throws Exception {
        try (World world = world(MAP)) {
            IntStream.rangeClosed(1, 450)
                    .forEach(n -> world.requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, "person-" + n)));
            clock.advance(Duration.ofDays(2));
            assertThat(world.requests.eraseDue("reaper").erased()).isEqualTo(450);
            world.sql("INSERT INTO sessions VALUES ('a', 'person-7'), ('b', 'person-7'), ('c', 'person-399')");
            clock.advance(Duration.ofMinutes(10));
            List<CompletableFuture<LateRowCounts>> workers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                workers.add(CompletableFuture.supplyAsync(() -> world.requests.lookForLateRows()));
            }
            int looked = 0;
            for (CompletableFuture<LateRowCounts> worker : workers) {
                looked += worker.get(2, TimeUnit.MINUTES).looked();
            }
            assertThat(looked).isEqualTo(450);
            assertThat(world.requests.lateRows())
                    .extracting(f -> f.places().get(0).rows())
                    .containsExactlyInAnyOrder(2L, 1L);
        }
    }

    @Test
    void whatStaffNeverSeeToIsForgottenAfterNinetyDays() {
        try (World world = world(MAP)) {
            erase(world, "person-1");
            world.sql("INSERT INTO sessions VALUES ('from-cache', 'person-1')");
            lookAfter(world, Duration.ofDays(1));
            assertThat(lookAfter(world, Duration.ofDays(88))).isEqualTo(NOTHING);
            assertThat(world.requests.lateRows()).hasSize(1);
            lookAfter(world, Duration.ofDays(2));
            assertThat(world.requests.lateRows()).isEmpty();
        }
    }

    @Test
    void aMapCanHaveNoWatch() {
        try (World world = world(MAP.replace("{ look: [10min, 1h, 1d], then: report }", "none"))) {
            erase(world, "person-1");
            assertThat(world.column("SELECT count(*) FROM exeunt.late_row_watch"))
                    .containsExactly("0");
        }
    }

    @Test
    void anotherSecretIsRefused() {
        try (World world = world(MAP)) {
            erase(world, "person-1");
            clock.advance(Duration.ofDays(1));
            AccountRequests other =
                    exeunt(world.world, HashKey.ofHex("ff".repeat(32))).requests(world.world.map());
            assertThatThrownBy(() -> other.lookForLateRows())
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("EXEUNT_KEY");
            assertThat(world.requests.lookForLateRows().looked()).isEqualTo(1);
        }
    }
}
