package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.AccountStatus;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests the guild platform's acceptance rows about account requests. */
class GuildPlatformRequestsTest {

    private static final String ANNA = "1001";

    private final SampleTestApplication office = SampleTestApplication.of("guild-platform");
    private final AccountRequests requests = office.requests();

    @AfterEach
    void close() {
        office.close();
    }

    private Request ask(AccountFlow flow) {
        return requests.submit(office.ask(flow, ANNA, "ANNA"));
    }

    @Test
    @DisplayName("GP-01 GP-02 GP-10 two records with fields of their own; only deactivating blocks the login")
    void records() {
        Request data = ask(AccountFlow.DELETE_DATA);
        assertThat(requests.gate(ANNA, null))
                .isEqualTo(new GateDecision(GateDecision.GateState.SCHEDULED, data.dueAt()));
        assertThat(data.loginBlockedUntil()).isNull();
        assertThat(data.softDeletedAt()).isEqualTo(data.requestedAt());
        office.setTime(office.now().plus(Duration.ofDays(2)));
        Request deactivation = ask(AccountFlow.DEACTIVATE);
        assertThat(deactivation.id()).isNotEqualTo(data.id());
        AccountStatus status = requests.status(ANNA);
        assertThat(status.dataDeletionRequestedAt()).isEqualTo(data.requestedAt());
        assertThat(status.deactivatedAt()).isEqualTo(deactivation.requestedAt());
        assertThat(status.latest(AccountFlow.DEACTIVATE).orElseThrow().softDeletedAt())
                .isEqualTo(deactivation.requestedAt());
        assertThat(status.latest(AccountFlow.DEACTIVATE).orElseThrow().dueAt())
                .isEqualTo(deactivation.requestedAt().plus(Duration.ofDays(30)));
        assertThat(status.latest(AccountFlow.DEACTIVATE).orElseThrow().loginBlockedUntil())
                .isEqualTo(deactivation.requestedAt().plus(Duration.ofHours(24)));
        assertThat(status.reactivatedAt()).isNull();
        requests.reactivate(ANNA, Actor.SELF, null);
        assertThat(requests.status(ANNA).reactivatedAt()).isEqualTo(office.now());
        assertThat(requests.status(ANNA).dataDeletionRequestedAt()).isEqualTo(data.requestedAt());
    }

    @Test
    @DisplayName("GP-03 what is made after delete my data survives the hard delete of the old")
    void fromScratch() {
        Request request = ask(AccountFlow.DELETE_DATA);
        office.setTime(office.now().plus(Duration.ofDays(1)));
        office.execute("INSERT INTO profiles (user_id, display_name) VALUES (1001, 'Anna anew');"
                + "INSERT INTO guild_members (guild_id, user_id) SELECT min(id), 1001 FROM guilds;"
                + "INSERT INTO characters (user_id, name, created_at) VALUES (1001, 'Newling', '" + office.now() + "');"
                + "INSERT INTO messages (guild_id, author_id, body, created_at) SELECT min(id), 1001, 'back again', '"
                + office.now() + "' FROM guilds");
        office.setTime(request.dueAt());
        assertThat(requests.eraseDue("one")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(office.column("SELECT display_name FROM profiles WHERE user_id = 1001"))
                .containsExactly("Anna anew");
        assertThat(office.column("SELECT count(*) FROM guild_members WHERE user_id = 1001"))
                .containsExactly("1");
        assertThat(office.column("SELECT name FROM characters WHERE user_id = 1001"))
                .containsExactly("Newling");
        assertThat(office.column("SELECT body FROM messages WHERE author_id = 1001 AND deleted_at IS NULL"))
                .as("the new message is there, and in sight")
                .containsExactly("back again");
        assertThat(office.column("SELECT id::text FROM messages WHERE author_id = 1001 AND deleted_at IS NOT NULL"))
                .as("of the old ones only what moderators cite")
                .containsExactlyInAnyOrder("3", "9");
        assertThat(office.column("SELECT count(*) FROM guild_points WHERE user_id = 1001"))
                .containsExactly("0");
        assertThat(office.column("SELECT email FROM users WHERE id = 1001")).containsExactly("Anna@guild.example");
        assertThat(requests.gate(ANNA, null).state()).isEqualTo(GateDecision.GateState.ALLOWED);
    }

    @Test
    @DisplayName("GP-04 deactivating blocks the login for 24 hours to the second")
    void block() {
        Request request = ask(AccountFlow.DEACTIVATE);
        office.setTime(request.requestedAt().plus(Duration.ofHours(24)).minusSeconds(1));
        assertThat(requests.gate(ANNA, null).state()).isEqualTo(GateDecision.GateState.BLOCKED);
        office.setTime(request.requestedAt().plus(Duration.ofHours(24)));
        assertThat(requests.gate(ANNA, null).state()).isEqualTo(GateDecision.GateState.DEACTIVATED);
        assertThat(
                        office.column(
                                "SELECT (login_blocked_until = deactivated_at + interval '24 h')::text FROM users WHERE id = 1001"))
                .containsExactly("true");
    }

    @Test
    @DisplayName("GP-04 the block holds for its 24 hours, also if she reactivates earlier with an old token")
    void blockAfterEarlyReturn() {
        Request request = ask(AccountFlow.DEACTIVATE);
        office.setTime(request.requestedAt().plus(Duration.ofHours(1)));
        requests.reactivate(ANNA, Actor.SELF, null);
        office.setTime(request.requestedAt().plus(Duration.ofHours(24)).minusSeconds(1));
        assertThat(requests.gate(ANNA, null))
                .isEqualTo(new GateDecision(
                        GateDecision.GateState.BLOCKED, request.requestedAt().plus(Duration.ofHours(24))));
        office.setTime(request.requestedAt().plus(Duration.ofHours(24)));
        assertThat(requests.gate(ANNA, null).state()).isEqualTo(GateDecision.GateState.ALLOWED);
    }

    @Test
    @DisplayName(
            "GP-06 reactivating restores what was visible before, byte for byte, and nothing she had deleted earlier")
    void back() {
        Map<String, List<String>> before = office.rows();
        ask(AccountFlow.DEACTIVATE);
        assertThat(office.column("SELECT count(*) FROM characters WHERE user_id = 1001 AND deleted_at IS NULL"))
                .containsExactly("0");
        assertThat(office.column("SELECT count(*) FROM profiles WHERE user_id = 1001"))
                .containsExactly("0");
        office.setTime(office.now().plus(Duration.ofDays(29)));
        assertThat(requests.reactivate(ANNA, Actor.SELF, null).restored().exact())
                .isTrue();
        Map<String, List<String>> after = office.rows();
        assertThat(after.remove("web_sessions"))
                .as("signed out, for good")
                .hasSizeLessThan(before.remove("web_sessions").size());
        assertThat(after).isEqualTo(before);
    }

    @Test
    @DisplayName(
            "GP-07 GP-08 a second before it is due nothing is erased, then everything but the evidence, which names nobody")
    void due() {
        Request request = ask(AccountFlow.DEACTIVATE);
        office.setTime(request.dueAt().minusSeconds(1));
        Map<String, List<String>> hidden = office.rows();
        List<String> infractions = office.column("SELECT t::text FROM infractions t ORDER BY 1");
        assertThat(requests.eraseDue("one")).isEqualTo(new ReapResult(0, 0, 0));
        assertThat(office.rows()).isEqualTo(hidden);
        office.setTime(request.dueAt());
        assertThat(requests.eraseDue("one")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(office.column("SELECT handle FROM users WHERE id = 1001"))
                .as("somebody else already calls themselves deleted-1001")
                .allMatch(h -> h.startsWith("deleted-1001-"));
        assertThat(office.column("SELECT t::text FROM infractions t ORDER BY 1"))
                .isEqualTo(infractions);
        assertThat(office.column("SELECT count(*) FROM guild_members WHERE user_id = 1001"))
                .containsExactly("0");
        assertThat(requests.gate(ANNA, null).state()).isEqualTo(GateDecision.GateState.ERASED);
        assertThat(office.exeunt()
                        .verify(office.sample().map(), List.of(ANNA), List.of("Anna@guild.example"))
                        .places())
                .allMatch(p -> p.kept() != null);
    }

    @Test
    @DisplayName("GP-08 the evidence about her goes three years after the erasure; cases about other people stay whole")
    void evidenceIsSwept() {
        office.setTime(ask(AccountFlow.DEACTIVATE).dueAt());
        assertThat(requests.eraseDue("one")).isEqualTo(new ReapResult(1, 0, 0));
        office.setTime(
                office.now().atOffset(ZoneOffset.UTC).plusYears(3).toInstant().minusSeconds(1));
        Map<String, List<String>> kept = office.rows();
        assertThat(requests.sweepKeptRows().deleted()).isZero();
        assertThat(office.rows()).isEqualTo(kept);
        List<String> others = office.column("SELECT t::text FROM infractions t WHERE user_id <> 1001 ORDER BY 1");
        List<String> quoted = office.column("""
                SELECT e::text || m::text FROM infraction_evidence e JOIN infractions i ON i.id = e.infraction_id
                LEFT JOIN messages m ON m.id = e.message_id WHERE i.user_id <> 1001 ORDER BY 1""");
        assertThat(quoted).as("she is quoted in a case about another person").isNotEmpty();

        office.setTime(office.now().plusSeconds(1));
        assertThat(requests.sweepKeptRows().failures()).isEmpty();
        assertThat(office.column("SELECT count(*) FROM infractions WHERE user_id = 1001"))
                .containsExactly("0");
        assertThat(office.column("SELECT t::text FROM infractions t ORDER BY 1"))
                .isEqualTo(others);
        assertThat(office.column("""
                SELECT e::text || m::text FROM infraction_evidence e JOIN infractions i ON i.id = e.infraction_id
                LEFT JOIN messages m ON m.id = e.message_id ORDER BY 1""")).isEqualTo(quoted);
        Map<String, List<String>> swept = office.rows();
        kept.keySet().removeAll(List.of("infractions", "infraction_evidence", "messages"));
        assertThat(swept).containsAllEntriesOf(kept);
    }

    @Test
    @DisplayName("GP-09 warnings name the guilds; neither without them as they stand nor without the typed handle")
    void warnings() {
        assertThat(requests.previewRequest(AccountFlow.DEACTIVATE, ANNA)
                        .warnings()
                        .messages())
                .isNotEmpty();
        NewRequest read = office.ask(AccountFlow.DEACTIVATE, ANNA, "anna");
        office.execute("UPDATE guilds SET name = name || ' II'");
        assertThat(refused(read).why()).isEqualTo(RequestRefusalReason.UNACKNOWLEDGED);
        assertThat(refused(read).warnings().messages()).allMatch(m -> m.contains(" II "));
        assertThat(refused(office.ask(AccountFlow.DEACTIVATE, ANNA, "bruno")).why())
                .isEqualTo(RequestRefusalReason.UNCONFIRMED);
        ask(AccountFlow.DEACTIVATE);
    }

    private RequestRefusedException refused(NewRequest ask) {
        Map<String, List<String>> before = office.rows();
        try {
            requests.submit(ask);
        } catch (RequestRefusedException e) {
            assertThat(office.rows()).isEqualTo(before);
            return e;
        }
        throw new AssertionError("not refused");
    }

    @Test
    @DisplayName("what the person's data says while it is hidden is theirs to download all the same")
    void exportMeanwhile() {
        assertThatThrownBy(() -> requests.cancel(ANNA, Actor.SELF, null)).isInstanceOf(RequestRefusedException.class);
        String before = BundleJson.json(office, ANNA);
        ask(AccountFlow.DEACTIVATE);
        Map<String, List<String>> hidden = office.rows();
        String meanwhile = BundleJson.json(office, ANNA);
        assertThat(BundleJson.without(meanwhile, "sessions", "requests", "data_requests"))
                .isEqualTo(BundleJson.without(before, "sessions", "requests", "data_requests"));
        assertThat(office.rows()).isEqualTo(hidden);
    }
}
