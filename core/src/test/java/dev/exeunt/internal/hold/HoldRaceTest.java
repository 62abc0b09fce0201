package dev.exeunt.internal.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.internal.request.GuildTestCase;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests that a hold and an erasure which come at the same moment never both succeed. */
class HoldRaceTest extends GuildTestCase {

    private static final Actor KIM = Actor.staff("kim");

    private final LegalHolds holds = guilds.exeunt().holds(MapReader.read(GuildTestApplication.MAP, "exeunt.yaml"));

    /** Writes the hold as a call does that has found the request not claimed yet. */
    private static final String PLACED = """
            INSERT INTO exeunt.legal_hold (subject, reason, placed_at, placed_by, told)
            VALUES ('{%s}', 'lawsuit', '2026-03-01', 'staff:kim', FALSE)
            """;

    private void awaitWaiting() {
        String waiting = "SELECT count(*) FROM pg_catalog.pg_locks WHERE NOT granted AND pid IN"
                + " (SELECT pid FROM pg_catalog.pg_stat_activity WHERE datname = current_database())";
        while (guilds.database().scalar(waiting).toString().equals("0")) {
            Thread.onSpinWait();
        }
    }

    /** Reaps while the person's row is locked by a transaction that places a hold, and commits once the reaper waits for it. */
    private ReapResult reapWhileAHoldIsPlacedOn(String key, AccountRequests by) throws Exception {
        try (Connection placing = guilds.database().connection();
                Statement statement = placing.createStatement()) {
            placing.setAutoCommit(false);
            statement.execute("SELECT FROM people WHERE id = " + key + " FOR UPDATE");
            CompletableFuture<ReapResult> reaping = CompletableFuture.supplyAsync(() -> by.eraseDue("w"));
            awaitWaiting();
            assertThatTheErasureHasBegun(key);
            statement.execute(PLACED.formatted(key));
            placing.commit();
            return reaping.get(1, TimeUnit.MINUTES);
        }
    }

    private void assertThatTheErasureHasBegun(String key) throws SQLException {
        assertThat(guilds.database()
                        .column("SELECT state FROM exeunt.request WHERE subject = '{" + key
                                + "}' AND state = 'erasing'"))
                .isNotEmpty();
    }

    @Test
    void aHoldThatWasPlacedAfterTheClaimIsHeeded() throws Exception {
        guilds.clock().set(deactivate("1").dueAt());
        var before = guilds.rows();
        assertThat(reapWhileAHoldIsPlacedOn("1", requests)).isEqualTo(new ReapResult(0, 0, 0));
        assertThat(guilds.rows()).isEqualTo(before);
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0, 1));
        holds.release(holds.list("1", false).get(0).id(), KIM, "settled");
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
    }

    @Test
    void aHoldOnOneOfSeveralPeopleWhoAreErasedTogetherKeepsOnlyThatPerson() throws Exception {
        AccountRequests unguarded = guilds.requests(GuildTestApplication.UNGUARDED);
        Request last = null;
        for (String key : List.of("1", "2", "4")) {
            last = unguarded.submit(NewRequest.self(AccountFlow.DEACTIVATE, key));
        }
        guilds.clock().set(last.dueAt());
        assertThat(reapWhileAHoldIsPlacedOn("2", unguarded)).isEqualTo(new ReapResult(2, 0, 0));
        assertThat(guilds.ids("posts", "TRUE")).containsExactly("3");
        assertThat(unguarded.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0, 1));
    }

    @Test
    void aHoldAfterTheErasureHasBegunIsRefused() throws Exception {
        guilds.clock().set(deactivate("1").dueAt());
        guilds.database().execute("UPDATE exeunt.request SET state = 'erasing', erasing_since = exeunt.clock()");
        refused(RequestRefusalReason.TOO_LATE, () -> holds.place(NewLegalHold.on("1", "lawsuit"), KIM));
        assertThat(holds.list(null, true)).isEmpty();
        assertThatThrownBy(() -> holds.place(NewLegalHold.on("1", "lawsuit"), KIM))
                .hasMessageContaining("the erasure has begun");
    }

    @Test
    void ofAHoldAndAnErasureAtTheSameTimeOneSucceeds() throws Exception {
        AccountRequests unguarded = guilds.requests(GuildTestApplication.UNGUARDED);
        int held = 0;
        for (int trial = 0; trial < 20; trial++) {
            String key = Integer.toString(100 + trial);
            guilds.database()
                    .execute("INSERT INTO people VALUES (" + key + ", 'p" + key + "@x.test', 'P');"
                            + "INSERT INTO posts VALUES (" + key + ", " + key + ", 'x', true, NULL, '2026-01-01')");
            guilds.clock()
                    .set(unguarded
                            .submit(NewRequest.self(AccountFlow.DEACTIVATE, key))
                            .dueAt());
            CyclicBarrier start = new CyclicBarrier(2);
            CompletableFuture<Boolean> placing = CompletableFuture.supplyAsync(() -> {
                await(start);
                return isPlaced(key);
            });
            await(start);
            unguarded.eraseDue("w");
            boolean placed = placing.get(1, TimeUnit.MINUTES);
            unguarded.eraseDue("w");
            assertThat(guilds.ids("posts", "id = " + key))
                    .as("trial %s, held: %s", trial, placed)
                    .hasSize(placed ? 1 : 0);
            held += placed ? 1 : 0;
        }
        assertThat(holds.countActive()).isEqualTo(held);
    }

    private boolean isPlaced(String key) {
        try {
            holds.place(NewLegalHold.on(key, "lawsuit"), KIM);
            return true;
        } catch (RequestRefusedException e) {
            assertThat(e.why()).isEqualTo(RequestRefusalReason.TOO_LATE);
            return false;
        }
    }

    private static void await(CyclicBarrier start) {
        try {
            start.await(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
