package dev.exeunt.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.SweepResult;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SettableClock;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that a sweep leaves rows alone that a legal hold is on, and deletes them once it ends. */
class HeldRowsSweepTest {

    private static final Actor KIM = Actor.staff("kim");
    private static final Instant OVER = Instant.parse("2029-02-28T12:00:00Z");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-02-28T12:00:00Z"));
    private final MappedDatabase world = MappedDatabase.of("""
            CREATE TABLE people (id bigint PRIMARY KEY, name text);
            INSERT INTO people VALUES (1, 'Anna'), (2, 'Ben'), (3, 'Cleo');
            CREATE TABLE invoices (id int PRIMARY KEY, person bigint, clerk bigint);
            INSERT INTO invoices VALUES (10, 1, 3), (11, 1, NULL), (12, 2, NULL);
            CREATE TABLE lines (invoice int REFERENCES invoices, no int, what text, PRIMARY KEY (invoice, no));
            INSERT INTO lines VALUES (10, 1, 'a'), (11, 1, 'b'), (12, 1, 'c');
            """, """
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
            """);
    private final Exeunt exeunt = Exeunt.builder(Database.at(
                    world.database().jdbcUrl(),
                    world.database().user(),
                    world.database().password()))
            .key(GuildTestApplication.KEY)
            .clock(clock)
            .build();
    private AccountRequests requests;
    private LegalHolds holds;

    @AfterEach
    void close() {
        world.close();
    }

    private Receipt erase(String key) {
        return exeunt.erase(world.map(), List.of(key), receipt -> {});
    }

    private void open() {
        exeunt.migrate();
        requests = exeunt.requests(world.map());
        holds = exeunt.holds(world.map());
    }

    private List<String> rows(String table) {
        return world.database().column("SELECT t::text FROM " + table + " AS t ORDER BY 1");
    }

    @Test
    void aHoldOnATableThatTheErasureKeepsGoesOnForItsRowsWithoutKeyAndReason() {
        open();
        LegalHold hold = holds.place(NewLegalHold.on("1", "lawsuit").onTables(List.of("lines")), KIM);
        Receipt receipt = erase("1");
        assertThat(holds.list(null, false)).singleElement().satisfies(h -> {
            assertThat(h.id()).isEqualTo(hold.id());
            assertThat(h.receipt()).isEqualTo(UUID.fromString(receipt.receipt()));
            assertThat(h.subject()).isNull();
            assertThat(h.reason()).isNull();
        });
        clock.set(OVER);
        List<String> before = rows("lines");
        assertThat(requests.previewSweep().held()).isEqualTo(2);
        SweepResult held = requests.sweepKeptRows();
        assertThat(held.held()).isEqualTo(2);
        assertThat(held.deleted())
                .as("invoices stay, since lines refer to them")
                .isZero();
        assertThat(rows("lines")).isEqualTo(before);
        holds.release(hold.id(), KIM, "settled");
        assertThat(requests.sweepKeptRows().deleted()).isEqualTo(4);
        assertThat(rows("lines")).containsExactly("(12,1,c)");
    }

    @Test
    void aHoldCanBePlacedOnRowsOfAPersonWhoIsErasedAlready() {
        open();
        UUID receipt = UUID.fromString(erase("1").receipt());
        erase("2");
        assertThatThrownBy(() -> holds.place(NewLegalHold.onKeptRows(UUID.randomUUID(), "lawsuit"), KIM))
                .hasMessageContaining("no row that an erasure kept");
        holds.place(NewLegalHold.onKeptRows(receipt, "lawsuit").until(OVER.plusSeconds(60)), KIM);
        clock.set(OVER);
        assertThat(requests.sweepKeptRows().held()).isEqualTo(4);
        assertThat(rows("invoices")).as("Ben's are gone").containsExactly("(10,1,3)", "(11,1,)");
        clock.set(OVER.plusSeconds(60));
        assertThat(requests.sweepKeptRows().deleted()).isEqualTo(4);
        assertThat(rows("invoices")).isEmpty();
    }

    private void awaitWaiting(int transactions) {
        String waiting = "SELECT count(DISTINCT pid) FROM pg_catalog.pg_locks WHERE NOT granted AND pid IN"
                + " (SELECT pid FROM pg_catalog.pg_stat_activity WHERE datname = current_database())";
        while (!world.database().scalar(waiting).toString().equals(Integer.toString(transactions))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aHoldThatComesWhileASweepDeletesWaitsAndFindsNothingToHold() throws Exception {
        open();
        UUID receipt = UUID.fromString(erase("1").receipt());
        clock.set(OVER);
        try (Connection application = world.database().connection();
                Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            statement.execute("LOCK TABLE lines IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<SweepResult> sweeping = CompletableFuture.supplyAsync(requests::sweepKeptRows);
            awaitWaiting(1);
            CompletableFuture<LegalHold> placing =
                    CompletableFuture.supplyAsync(() -> holds.place(NewLegalHold.onKeptRows(receipt, "lawsuit"), KIM));
            awaitWaiting(2);
            application.commit();
            assertThat(sweeping.get(1, TimeUnit.MINUTES).deleted()).isEqualTo(4);
            assertThatThrownBy(() -> placing.get(1, TimeUnit.MINUTES))
                    .hasMessageContaining("no row that an erasure kept");
        }
    }

    @Test
    void aRowThatAnyLinkLeadsToAPersonUnderAHoldStays() {
        open();
        erase("1");
        LegalHold hold = holds.place(NewLegalHold.on("3", "lawsuit"), KIM);
        LegalHold elsewhere = holds.place(NewLegalHold.on("3", "audit").onTables(List.of("people")), KIM);
        clock.set(OVER);
        requests.sweepKeptRows();
        assertThat(rows("invoices")).as("Cleo was the clerk of one").containsExactly("(10,1,3)", "(12,2,)");
        assertThat(rows("lines"))
                .as("no link of the map leads from a line to the clerk")
                .containsExactly("(12,1,c)");
        holds.release(hold.id(), KIM, "settled");
        requests.sweepKeptRows();
        assertThat(rows("invoices")).containsExactly("(12,2,)");
        assertThat(elsewhere.active()).isTrue();
    }
}
