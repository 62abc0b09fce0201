package dev.exeunt.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.database.Database;
import dev.exeunt.erase.SweepResult;
import dev.exeunt.erase.SweepResult.SweptRole;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SettableClock;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests that rows which an erasure kept for a period go when it is over, and no others. */
class KeptRowSweepTest {

    private static final Instant ERASED = Instant.parse("2026-02-28T12:00:00Z");
    private static final Instant OVER = Instant.parse("2029-02-28T12:00:00Z");

    private static final String TABLES = """
            CREATE TABLE people (id bigint PRIMARY KEY, name text);
            INSERT INTO people VALUES (1, 'Anna'), (2, 'Ben'), (3, 'Cleo');
            CREATE TABLE invoices (id int PRIMARY KEY, person bigint, sum int, clerk bigint);
            INSERT INTO invoices VALUES (10, 1, 5, 3), (11, 1, 6, 3), (12, 2, 7, 3), (13, 1, 8, 3);
            CREATE TABLE lines (invoice int REFERENCES invoices, no int, what text, PRIMARY KEY (invoice, no));
            INSERT INTO lines VALUES (10, 1, 'a'), (10, 2, 'b'), (11, 1, 'c'), (12, 1, 'd'), (13, 1, 'e');
            """;
    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            tables:
              people: { erase: delete }
              invoices:
                links:
                  buyer: { subject: person, erase: { keep: { reason: tax law, basis: legal-obligation, for: 3y, then: delete } } }
                  clerk: { subject: clerk, erase: detach }
              lines:
                through: invoices
                role: buyer
                on: invoice
                erase: { keep: { reason: tax law, for: 3y, then: delete }, retain: [what] }
            """;

    private final SettableClock clock = new SettableClock(ERASED);

    private Exeunt exeunt(MappedDatabase world) {
        Exeunt exeunt = Exeunt.builder(Database.at(
                        world.database().jdbcUrl(),
                        world.database().user(),
                        world.database().password()))
                .key(GuildTestApplication.KEY)
                .clock(clock)
                .build();
        exeunt.migrate();
        return exeunt;
    }

    private static List<String> ids(MappedDatabase world, String table) {
        return world.database().column("SELECT " + table + "::text FROM " + table + " ORDER BY 1");
    }

    private static SweptRole role(SweepResult result, String role) {
        return result.roles().stream()
                .filter(r -> r.role().equals(role))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRoleWithThePrintedGrantsErasesAndSweeps() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            Exeunt owner = exeunt(world);
            String role =
                    world.database().createRole("sweeper_" + world.database().databaseName());
            owner.grants(world.map(), role).forEach(world.database()::execute);
            Exeunt granted = Exeunt.builder(Database.at(world.database().jdbcUrl(), role, role))
                    .key(GuildTestApplication.KEY)
                    .clock(clock)
                    .build();
            assertThat(granted.check(world.map()).errors()).isEmpty();
            granted.erase(world.map(), List.of("1"), receipt -> {});
            clock.set(OVER);
            assertThat(granted.requests(world.map()).sweepKeptRows().failures()).isEmpty();
            assertThat(ids(world, "lines")).containsExactly("(12,1,d)");
        }
    }

    @Test
    void rowsGoWhenTheirPeriodIsOverAndNotASecondBefore() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            AccountRequests requests = exeunt.requests(world.map());
            clock.set(OVER.minusSeconds(1));
            SweepResult before = requests.sweepKeptRows();
            assertThat(before.roles()).isEmpty();
            assertThat(before.next()).isEqualTo(OVER);
            assertThat(ids(world, "invoices")).hasSize(4);

            clock.set(OVER);
            SweepResult dry = requests.previewSweep();
            assertThat(role(dry, "invoices.buyer").deleted()).isEqualTo(3);
            assertThat(role(dry, "lines.link").deleted()).isEqualTo(4);
            assertThat(ids(world, "invoices")).hasSize(4);

            SweepResult swept = requests.sweepKeptRows();
            assertThat(swept.roles()).isEqualTo(dry.roles());
            assertThat(swept.failures()).isEmpty();
            assertThat(swept.next()).isNull();
            assertThat(ids(world, "invoices")).containsExactly("(12,2,7,3)");
            assertThat(ids(world, "lines")).containsExactly("(12,1,d)");
            assertThat(world.database().column("SELECT count(*) FROM exeunt.kept_row"))
                    .containsExactly("0");
            assertThat(world.database().column("""
                            SELECT r->>'role' || ' ' || (r->>'deleted') FROM exeunt.event, jsonb_array_elements(details->'roles') AS r
                            WHERE name = 'user.kept_rows_deleted' AND actor = 'exeunt' ORDER BY 1""")).containsExactly("invoices.buyer 3", "lines.link 4");
            assertThat(requests.sweepKeptRows().roles()).isEmpty();
        }
    }

    @Test
    void aLivingPersonsRowsStayAlsoThoseThatWereTheErasedPersons() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            world.database().execute("""
                    UPDATE invoices SET person = 2 WHERE id = 10;
                    DELETE FROM lines WHERE invoice = 11;
                    DELETE FROM invoices WHERE id = 11;
                    INSERT INTO people VALUES (1, 'Dora');
                    INSERT INTO invoices VALUES (14, 1, 9, 3);
                    """);
            clock.set(OVER);
            AccountRequests requests = exeunt.requests(world.map());
            SweepResult swept = requests.sweepKeptRows();
            // 10 is Ben's now, 11 is gone, and whose key 13 has is Dora now
            assertThat(role(swept, "invoices.buyer"))
                    .isEqualTo(new SweptRole("invoices.buyer", "tax law", "3y", 0, 1, 1, 0, 0, 1));
            assertThat(role(swept, "lines.link"))
                    .isEqualTo(new SweptRole("lines.link", "tax law", "3y", 0, 0, 3, 0, 0, 1));
            assertThat(ids(world, "invoices")).hasSize(4);
            assertThat(ids(world, "lines")).hasSize(4);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            SweepResult again = requests.sweepKeptRows();
            assertThat(again.deleted()).isZero();
            assertThat(role(again, "invoices.buyer").keptLonger()).isEqualTo(1);
            clock.set(OVER.plus(Duration.ofDays(1097)));
            assertThat(requests.sweepKeptRows().deleted()).isEqualTo(3);
            assertThat(ids(world, "invoices")).containsExactly("(10,2,5,3)", "(12,2,7,3)");
        }
    }

    @Test
    void whoMerelyDecidedAboutARowDoesNotTakeItAlong() {
        String map = MAP.replace("clerk: { subject: clerk, erase: detach }", """
                moderator: { subject: moderator, erase: { keep: { reason: decisions, for: 1y, then: delete } } }
                """);
        map = map.substring(0, map.indexOf("  lines:"));
        String tables = TABLES.replace("clerk bigint", "moderator bigint") + "DROP TABLE lines;";
        try (MappedDatabase world = MappedDatabase.of(tables, map)) {
            Exeunt exeunt = exeunt(world);
            AccountRequests requests = exeunt.requests(world.map());
            exeunt.erase(world.map(), List.of("3"), receipt -> {});
            clock.set(OVER);
            SweepResult owned = requests.sweepKeptRows();
            assertThat(role(owned, "invoices.moderator").owned()).isEqualTo(4);
            assertThat(ids(world, "invoices")).hasSize(4);
            assertThat(world.database()
                            .column("SELECT count(*) FROM exeunt.event WHERE name = 'user.kept_rows_deleted'"))
                    .containsExactly("0");
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            assertThat(role(requests.sweepKeptRows(), "invoices.moderator").keptLonger())
                    .isEqualTo(3);
            assertThat(ids(world, "invoices")).hasSize(4);
            clock.set(OVER.plus(Duration.ofDays(1097)));
            assertThat(requests.sweepKeptRows().deleted()).isEqualTo(3);
            assertThat(ids(world, "invoices")).containsExactly("(12,2,7,3)");
        }
    }

    @Test
    void aRowStaysAsLongAsRowsThatStayReferToIt() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            exeunt.erase(world.map(), List.of("2"), receipt -> {});
            world.database().execute("INSERT INTO lines VALUES (12, 2, 'a correction')");
            clock.set(OVER);
            SweepResult swept = exeunt.requests(world.map()).sweepKeptRows();
            assertThat(swept.failures()).isEmpty();
            assertThat(role(swept, "invoices.buyer").referred()).isEqualTo(1);
            assertThat(ids(world, "invoices")).containsExactly("(12,2,7,3)");
            assertThat(ids(world, "lines")).containsExactly("(12,2,\"a correction\")");
            world.database().execute("DELETE FROM lines WHERE no = 2");
            assertThat(exeunt.requests(world.map()).sweepKeptRows().deleted()).isEqualTo(1);
            assertThat(ids(world, "invoices")).isEmpty();
        }
    }

    @Test
    void anErasureWhoseRowsCannotGoHoldsUpNoOther() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            exeunt.erase(world.map(), List.of("2"), receipt -> {});
            AccountRequests requests = exeunt.requests(world.map());
            world.database().execute("""
                    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
                    CREATE TRIGGER refuse BEFORE DELETE ON invoices FOR EACH ROW WHEN (old.id = 12) EXECUTE FUNCTION refuse();
                    """);
            clock.set(OVER);
            SweepResult swept = exeunt.requests(world.map()).sweepKeptRows();
            assertThat(swept.failures())
                    .singleElement()
                    .asString()
                    .contains("P0001")
                    .doesNotContain("12");
            assertThat(ids(world, "invoices")).containsExactly("(12,2,7,3)");
            assertThat(ids(world, "lines")).containsExactly("(12,1,d)");
            world.database().execute("DROP TRIGGER refuse ON invoices");
            assertThat(requests.sweepKeptRows().deleted()).isEqualTo(2);
            assertThat(ids(world, "invoices")).isEmpty();
        }
    }

    @Test
    void aTriggerThatKeepsRowsIsTold() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("2"), receipt -> {});
            world.database().execute("""
                    CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                    CREATE TRIGGER keep BEFORE DELETE ON lines FOR EACH ROW EXECUTE FUNCTION keep();
                    ALTER TABLE lines DROP CONSTRAINT lines_invoice_fkey;
                    """);
            clock.set(OVER);
            SweepResult swept = exeunt.requests(world.map()).sweepKeptRows();
            assertThat(swept.failures()).singleElement().asString().contains("lines", "trigger");
            assertThat(ids(world, "invoices")).contains("(12,2,7,3)");
        }
    }

    @Test
    void theMapsPresentPeriodCountsAndRowsWithoutARuleStay() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            clock.set(OVER);
            SweepResult longer = exeunt.requests(Exeunt.readMap(MAP.replace("3y", "4y"), "exeunt.yaml"))
                    .sweepKeptRows();
            assertThat(longer.roles()).isEmpty();
            assertThat(longer.next()).isEqualTo(Instant.parse("2030-02-28T12:00:00Z"));
            SweepResult none = exeunt.requests(Exeunt.readMap(MAP.replace(", then: delete", ""), "exeunt.yaml"))
                    .sweepKeptRows();
            assertThat(none.unruled()).isEqualTo(7);
            assertThat(ids(world, "invoices")).hasSize(4);
        }
    }

    @Test
    void rowsWhoseKeyOrLinkHasOtherColumnsNowStayAndAreCounted() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            world.database().execute("""
                    ALTER TABLE invoices RENAME COLUMN person TO bought_by;
                    ALTER TABLE lines DROP CONSTRAINT lines_pkey, ADD PRIMARY KEY (no, invoice);
                    """);
            clock.set(OVER);
            SweepResult swept = exeunt.requests(
                            Exeunt.readMap(MAP.replace("subject: person", "subject: bought_by"), "exeunt.yaml"))
                    .sweepKeptRows();
            assertThat(swept.roles()).isEmpty();
            assertThat(swept.unruled()).isEqualTo(7);
            assertThat(ids(world, "invoices")).hasSize(4);
            assertThat(ids(world, "lines")).hasSize(5);
        }
    }

    @Test
    void aSweepWaitsForRowsThatAnotherSweepIsAt() throws Exception {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP);
                Connection other = world.database().connection()) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            clock.set(OVER);
            other.setAutoCommit(false);
            try (Statement lock = other.createStatement()) {
                lock.execute("SELECT FROM exeunt.kept ORDER BY id FOR UPDATE");
            }
            CompletableFuture<SweepResult> swept = CompletableFuture.supplyAsync(
                    () -> exeunt.requests(world.map()).sweepKeptRows());
            awaitWaiting(world);
            other.rollback();
            assertThat(swept.get(30, TimeUnit.SECONDS).deleted()).isEqualTo(7);
        }
    }

    private static void awaitWaiting(MappedDatabase world) {
        String waiting = """
                SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'""";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (world.database().scalar(waiting).equals("0")) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
        }
    }

    @Test
    void rowsThatAnotherLinkKeepsForGoodAreNotRecorded() {
        String map = MAP.replace("clerk: { subject: clerk, erase: detach }", """
                moderator: { subject: moderator, erase: { keep: { reason: audit, basis: legal-claims } } }""");
        try (MappedDatabase world = MappedDatabase.of(TABLES.replace("clerk bigint", "moderator bigint"), map)) {
            Exeunt exeunt = exeunt(world);
            world.database().execute("UPDATE invoices SET moderator = 1 WHERE id = 10");
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            clock.set(OVER);
            exeunt.requests(world.map()).sweepKeptRows();
            assertThat(ids(world, "invoices")).containsExactly("(10,1,5,1)", "(12,2,7,3)");
        }
    }

    @Test
    void anErasureThatCouldNotRecordWhatItKeepsIsRefused() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            assertThatThrownBy(() -> world.erase("1"))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContainingAll("invoices.buyer", "exeunt migrate");
            assertThat(ids(world, "people")).hasSize(3);
        }
    }

    @Test
    void checkProvesThatTheRowsCanGo() {
        String longer = MAP.replace("keep: { reason: tax law, for: 3y", "keep: { reason: tax law, for: 4y");
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            List<Finding> findings =
                    world.exeunt().check(Exeunt.readMap(longer, "exeunt.yaml")).findings();
            assertThat(findings).filteredOn(Finding::isError).singleElement().satisfies(f -> {
                assertThat(f.code()).isEqualTo(FindingCode.BLOCKS);
                assertThat(f.message()).contains("3y", "4y", "lines");
            });
            world.database().execute("ALTER TABLE lines DROP CONSTRAINT lines_pkey");
            assertThat(world.exeunt().check(world.map()).findings())
                    .filteredOn(Finding::isError)
                    .singleElement()
                    .satisfies(f -> assertThat(f.code()).isEqualTo(FindingCode.NOT_SUPPORTED));
            String kept = MAP.replace("for: 3y, then: delete }, retain", "for: 3y }, retain");
            assertThat(world.exeunt().check(Exeunt.readMap(kept, "exeunt.yaml")).findings())
                    .filteredOn(Finding::isError)
                    .singleElement()
                    .satisfies(f -> assertThat(f.message()).startsWith("when the period of keep is over, "));
        }
    }

    @Test
    void aTreeOfRowsCannotBeSwept() {
        String tables = """
                CREATE TABLE people (id bigint PRIMARY KEY);
                CREATE TABLE folders (id int PRIMARY KEY, owner bigint, parent int REFERENCES folders);
                """;
        String map = """
                version: 1
                subject: { table: people, key: id }
                tables:
                  people: { erase: delete }
                  folders:
                    erase: { keep: { reason: audit, for: 1y, then: delete } }
                    links:
                      owner: { subject: owner }
                      below: { through: folders, role: [owner, below], on: parent }
                """;
        try (MappedDatabase world = MappedDatabase.of(tables, map)) {
            assertThat(world.check().findings())
                    .filteredOn(Finding::isError)
                    .isNotEmpty()
                    .allSatisfy(f -> {
                        assertThat(f.code()).isEqualTo(FindingCode.NOT_SUPPORTED);
                        assertThat(f.message()).contains("a tree of rows (folders.below)");
                    });
        }
    }

    @Test
    void rowsOfManyErasuresGoInOneTransaction() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            Exeunt exeunt = exeunt(world);
            world.database().execute("""
                    INSERT INTO people SELECT i, 'p' FROM generate_series(100, 110) AS i;
                    INSERT INTO invoices SELECT i, i, 1, 3 FROM generate_series(100, 110) AS i;
                    """);
            for (int person = 100; person <= 110; person++) {
                exeunt.erase(world.map(), List.of(String.valueOf(person)), receipt -> {});
                clock.advance(Duration.ofDays(1));
            }
            clock.set(OVER.plus(Duration.ofDays(9)));
            AccountRequests requests = exeunt.requests(world.map());
            assertThat(requests.sweepKeptRows().deleted()).isEqualTo(10);
            assertThat(world.database().column("""
                            SELECT count(DISTINCT e.xmin::text) || ' ' || count(*) FROM exeunt.event AS e
                            WHERE name = 'user.kept_rows_deleted'""")).containsExactly("1 10");
            assertThat(requests.previewSweep().next()).isEqualTo(OVER.plus(Duration.ofDays(10)));
        }
    }
}
