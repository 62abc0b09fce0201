package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.GateDecision.GateState;
import dev.exeunt.request.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Compares the guild platform's whole database, and its gate in SQL, with what each flow promises. */
class GuildPlatformFlowsTest {

    private static final String ANNA = "1001";

    private static final String DATA_HIDDEN = """
            UPDATE characters SET deleted_at = '%1$s' WHERE user_id = 1001 AND deleted_at IS NULL;
            UPDATE messages SET deleted_at = '%1$s' WHERE author_id = 1001 AND deleted_at IS NULL;
            DELETE FROM profiles WHERE user_id = 1001;
            DELETE FROM guild_members WHERE user_id = 1001;
            DELETE FROM guild_points WHERE user_id = 1001;
            DELETE FROM event_signups WHERE user_id = 1001;
            """;

    private static final String ACCOUNT_HIDDEN = """
            UPDATE users SET deactivated_at = '%1$s', login_blocked_until = '%2$s' WHERE id = 1001;
            DELETE FROM web_sessions WHERE user_id = 1001;
            """;

    private final SampleTestApplication office = SampleTestApplication.of("guild-platform");
    private final AccountRequests requests = office.requests();

    @AfterEach
    void close() {
        office.close();
    }

    private void assertWholeDatabaseIs(String byHand) {
        try (LoadedSample expected = LoadedSample.load("guild-platform")) {
            expected.database().execute(byHand);
            Map<String, List<String>> rows = office.sample().database().snapshotWithout("exeunt");
            expected.database()
                    .snapshot()
                    .forEach((table, wanted) ->
                            assertThat(rows.get(table)).as(table).isEqualTo(wanted));
        }
    }

    @Test
    @DisplayName("GP-02 delete my data hides every row of the data and no other, and the person may go on signing in")
    void dataOutOfSight() {
        Request request = requests.submit(office.ask(AccountFlow.DELETE_DATA, ANNA, "anna"));
        assertWholeDatabaseIs(DATA_HIDDEN.formatted(request.requestedAt()));
        assertThat(request.loginBlockedUntil()).isNull();
        for (Instant moment : List.of(request.requestedAt(), request.dueAt().minusSeconds(1))) {
            office.setTime(moment);
            assertThat(requests.gate(ANNA, null).state()).isEqualTo(GateState.SCHEDULED);
            assertThat(gateBySql()).isEqualTo("scheduled");
        }
    }

    @Test
    @DisplayName("GP-04 deactivating hides account and data at once; the SQL gate is shut for 24 hours to the second")
    void blockedInSql() {
        Request request = requests.submit(office.ask(AccountFlow.DEACTIVATE, ANNA, "anna"));
        Instant asked = request.requestedAt();
        Instant end = asked.plus(Duration.ofHours(24));
        assertWholeDatabaseIs(DATA_HIDDEN.formatted(asked) + ACCOUNT_HIDDEN.formatted(asked, end));
        assertThat(gateBySql()).isEqualTo("blocked");
        office.setTime(end.minusSeconds(1));
        assertThat(gateBySql()).isEqualTo("blocked");
        assertThat(requests.gate(ANNA, null).state()).isEqualTo(GateState.BLOCKED);
        office.setTime(end);
        assertThat(gateBySql()).isEqualTo("deactivated");
        assertThat(requests.gate(ANNA, null).state()).isEqualTo(GateState.DEACTIVATED);
    }

    private String gateBySql() {
        requests.makeGateFunction();
        return office.column(
                        "SELECT state FROM set_config('exeunt.clock', '" + office.now() + "', true), exeunt.gate(1001)")
                .get(0);
    }

    @Test
    @DisplayName("GP-07 a second before it is due nothing is erased; then the whole database is what it has to be")
    void dueAccount() {
        Request request = requests.submit(office.ask(AccountFlow.DEACTIVATE, ANNA, "anna"));
        String hidden = DATA_HIDDEN.formatted(request.requestedAt())
                + ACCOUNT_HIDDEN.formatted(request.requestedAt(), request.loginBlockedUntil());
        office.setTime(request.dueAt().minusSeconds(1));
        assertThat(requests.eraseDue("one")).isEqualTo(new ReapResult(0, 0, 0));
        assertWholeDatabaseIs(hidden);
        office.setTime(request.dueAt());
        assertThat(requests.eraseDue("one")).isEqualTo(new ReapResult(1, 0, 0));
        assertWholeDatabaseIs(hidden
                + GuildPlatformTest.byHand(
                        office.column("SELECT handle FROM users WHERE id = 1001")
                                .get(0),
                        office.column("SELECT email FROM users WHERE id = 1001").get(0),
                        office.now().toString()));
    }
}
