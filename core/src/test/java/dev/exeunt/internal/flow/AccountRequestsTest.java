package dev.exeunt.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.internal.request.GuildTestCase;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestPreview;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests requests of people who leave and come back, one at a time. */
class AccountRequestsTest extends GuildTestCase {

    @Test
    void deactivatingHidesAndReactivatingPutsBackEveryByteAndNothingElse() {
        Map<String, List<String>> before = guilds.rows();
        Request request = deactivate("1");
        assertThat(request.state()).isEqualTo(Request.State.SCHEDULED);
        assertThat(guilds.ids("posts", "deleted_at IS NULL AND person = 1")).isEmpty();
        assertThat(guilds.ids("posts", "deleted_at = '2026-02-01'"))
                .as("deleted before")
                .containsExactly("2");
        assertThat(guilds.ids("people", "email = 'hidden-1@erased.invalid' AND name = 'Somebody'"))
                .containsExactly("1");
        assertThat(guilds.ids("likes", "TRUE"))
                .as("theirs, and those on their posts")
                .isEmpty();
        assertThat(guilds.ids("sessions", "TRUE")).containsExactly("2");

        guilds.clock().advance(DAY.multipliedBy(3));
        AccountRequests.WithdrawalResult back = requests.reactivate("1", Actor.SELF, null);
        assertThat(back.request().state()).isEqualTo(Request.State.REACTIVATED);
        assertThat(back.restored().exact()).isTrue();
        before.put("sessions", List.of("(2,2)"));
        assertThat(guilds.rows()).as("sessions go for good").isEqualTo(before);
        assertThat(guilds.database().column("SELECT count(*)::text FROM exeunt.hidden"))
                .containsExactly("0");
    }

    @Test
    void whatIsMadeAfterDeleteMyDataSurvivesItsHardDelete() {
        Request request = deleteData("1");
        assertThat(requests.gate("1", null))
                .isEqualTo(new GateDecision(GateDecision.GateState.SCHEDULED, request.dueAt()));
        guilds.database()
                .execute("INSERT INTO posts VALUES (10, 1, 'new', true, NULL, '2026-03-02T00:00Z');"
                        + "INSERT INTO likes VALUES (10, 3, 1, '2026-03-03T00:00Z'), (11, 10, 2, '2026-03-03T00:00Z')");
        guilds.clock().set(request.dueAt());
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(guilds.ids("posts", "TRUE")).containsExactly("3", "10");
        assertThat(guilds.ids("likes", "TRUE")).containsExactly("10", "11");
        assertThat(guilds.ids("people", "email = 'Anna@x.test'")).containsExactly("1");
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.ALLOWED);
        assertThat(requests.status("1").dataDeletionRequestedAt()).isEqualTo(request.requestedAt());
    }

    @Test
    void aStrongerFlowTakesOverAndWhenItIsTakenBackTheWeakerOneGoesOn() {
        deleteData("1");
        Map<String, List<String>> hidden = guilds.rows();
        guilds.clock().advance(DAY);
        guilds.database().execute("INSERT INTO posts VALUES (10, 1, 'new', true, NULL, '2026-03-02T00:00Z')");
        hidden.put("posts", guilds.rows().get("posts"));
        Request account = deleteAccount("1", "anna@X.test");
        guilds.clock().advance(DAY);
        assertThat(requests.cancel("1", Actor.SELF, null).request().id()).isEqualTo(account.id());
        hidden.put("sessions", List.of("(2,2)"));
        assertThat(guilds.rows()).isEqualTo(hidden);
        assertThat(requests.cancel("1", Actor.SELF, null).restored().exact()).isTrue();
        assertThat(guilds.ids("posts", "deleted_at IS NULL")).containsExactlyInAnyOrder("1", "3", "4", "5", "10");
        refused(RequestRefusalReason.NOTHING_OPEN, () -> requests.cancel("1", Actor.SELF, null));
    }

    @Test
    void theWeakerOnesTimeIsNotPutOffByTheStronger() {
        Request data = deleteData("1");
        guilds.clock().advance(DAY.multipliedBy(20));
        guilds.database().execute("INSERT INTO posts VALUES (10, 1, 'new', true, NULL, '2026-03-02T00:00Z')");
        Request deactivation = deactivate("1");
        guilds.clock().set(data.dueAt());
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(guilds.ids("posts", "TRUE")).containsExactly("3", "10");
        assertThat(guilds.ids("posts", "person = 1 AND deleted_at IS NOT NULL"))
                .as("hidden by the stronger")
                .containsExactly("10");
        assertThat(requests.status("1")
                        .latest(AccountFlow.DEACTIVATE)
                        .orElseThrow()
                        .id())
                .isEqualTo(deactivation.id());
        assertThat(requests.reactivate("1", Actor.SELF, null).restored().exact())
                .isTrue();
        assertThat(guilds.ids("posts", "deleted_at IS NULL")).containsExactly("3", "10");
    }

    @Test
    void askingAgainGivesTheSameRequest() {
        Request first = deactivate("1");
        Map<String, List<String>> hidden = guilds.rows();
        guilds.clock().advance(DAY);
        assertThat(deactivate("1")).isEqualTo(first);
        assertThat(guilds.rows()).isEqualTo(hidden);
    }

    @Test
    void theLastOwnerStaysUntilSomebodyElseIsOne() {
        refused(RequestRefusalReason.GUARDED, () -> deactivate("3"));
        assertThatThrownBy(() -> deactivate("3"))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        e -> assertThat(e.obstacles())
                                .containsExactly(new RequestPreview.Obstacle(
                                        "last-owner", "You are the only owner of Bakers.", "/guilds/2/members", true)))
                .hasMessageNotContaining("Bakers");
        deactivate("1");
        refused(RequestRefusalReason.GUARDED, () -> deleteAccount("2", "ben@x.test"));
        requests.reactivate("1", Actor.SELF, null);
        deleteAccount("2", "ben@x.test");
    }

    @Test
    void thatStaffAskAgainForWhatIsOpenIsRecorded() {
        Request own = deactivate("1");
        NewRequest again = NewRequest.staff(AccountFlow.DEACTIVATE, "1", "kim", "asked by mail")
                .overriding();
        assertThat(requests.submit(again)).isEqualTo(own);
        assertThat(requests.submit(again.knownBy("wish"))).isEqualTo(own);
        assertThat(requests.submit(again.knownBy("wish"))).isEqualTo(own);
        deactivate("1");
        assertThat(
                        guilds.database()
                                .column(
                                        "SELECT name || ' ' || actor || ' ' || coalesce(reason, '-') FROM exeunt.event ORDER BY id"))
                .containsExactly(
                        "user.deactivation_requested self -",
                        "user.request_repeated staff:kim asked by mail",
                        "user.request_repeated staff:kim asked by mail",
                        "user.request_repeated staff:kim asked by mail");
    }

    @Test
    void aGuardsLinkLeadsNowhereElseWhateverItsRowHolds() {
        AccountRequests named =
                guilds.requests(GuildTestApplication.MAP.replace("/guilds/{id}/members", "/guilds/{name}/members"));
        Map<String, String> links = new LinkedHashMap<>();
        links.put("a/../b?c=//d e", "/guilds/a%2F..%2Fb%3Fc%3D%2F%2Fd%20e/members");
        links.put("", null);
        links.put("..", null);
        links.forEach((name, link) -> {
            guilds.database().execute("UPDATE guilds SET name = '" + name + "' WHERE id = 2");
            assertThatThrownBy(() -> named.submit(NewRequest.self(AccountFlow.DEACTIVATE, "3")))
                    .isInstanceOfSatisfying(
                            RequestRefusedException.class,
                            e -> assertThat(e.obstacles())
                                    .extracting(RequestPreview.Obstacle::link)
                                    .containsExactly(link));
        });
    }

    @Test
    void staffGiveAReasonAndMayPassOverWhatTheMapAllowsThemTo() {
        assertThatThrownBy(() -> requests.submit(NewRequest.staff(AccountFlow.DEACTIVATE, "3", "kim", " ")))
                .hasMessageContaining("give a reason");
        refused(
                RequestRefusalReason.GUARDED,
                () -> requests.submit(NewRequest.staff(AccountFlow.DEACTIVATE, "3", "kim", "asked by mail")));
        requests.submit(NewRequest.staff(AccountFlow.DEACTIVATE, "3", "kim", "asked by mail")
                .overriding());
        assertThat(guilds.database()
                        .column("SELECT name || ' ' || actor || ' ' || reason FROM exeunt.event ORDER BY id"))
                .containsExactly(
                        "user.deactivation_requested staff:kim asked by mail",
                        "user.guard_overridden staff:kim asked by mail");
    }

    @Test
    void warningsAreAcknowledgedAsTheyStandNow() {
        RequestPreview.Warnings warnings =
                requests.previewRequest(AccountFlow.DEACTIVATE, "1").warnings();
        assertThat(warnings.messages()).containsExactly("Smiths will see that you are gone.");
        refused(
                RequestRefusalReason.UNACKNOWLEDGED,
                () -> requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, "1")));
        guilds.database().execute("INSERT INTO members VALUES (2, 1, 'member')");
        refused(
                RequestRefusalReason.UNACKNOWLEDGED,
                () -> requests.submit(
                        NewRequest.self(AccountFlow.DEACTIVATE, "1").acknowledging(warnings.digest())));
        deactivate("1");
    }

    @Test
    void whatHasToBeTypedIsTypedInAnyCaseAndIsTheirs() {
        refused(
                RequestRefusalReason.UNCONFIRMED,
                () -> requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "1")));
        refused(RequestRefusalReason.UNCONFIRMED, () -> deleteAccount("1", "ben@x.test"));
        deleteAccount("1", "ANNA@X.TEST");
    }

    @Test
    void whatOthersChangedMeanwhileStaysAndIsTold() {
        deactivate("1");
        guilds.database()
                .execute(
                        "UPDATE posts SET body = 'edited', visible = true WHERE id = 1; DELETE FROM posts WHERE id = 4");
        AccountRequests.WithdrawalResult back = requests.reactivate("1", Actor.SELF, null);
        assertThat(back.restored().exact()).isFalse();
        assertThat(guilds.database().column("SELECT body || visible FROM posts WHERE id = 1"))
                .containsExactly("editedtrue");
        assertThat(guilds.ids("posts", "deleted_at IS NULL")).containsExactly("1", "3", "5");
    }

    @Test
    void aPreviewCountsWhatIsHiddenToo() {
        assertThat(requests.previewErasure(AccountFlow.DELETE_ACCOUNT, "1").roles().stream()
                        .mapToLong(ErasurePreview.RolePreview::rows)
                        .sum())
                .isPositive();
        Map<String, List<String>> before = guilds.rows();
        var rows = requests.previewErasure(AccountFlow.DELETE_DATA, "1").roles();
        deleteData("1");
        assertThat(requests.previewErasure(AccountFlow.DELETE_DATA, "1").roles())
                .isEqualTo(rows);
        requests.cancel("1", Actor.SELF, null);
        assertThat(guilds.rows()).isEqualTo(before);
    }

    @Test
    void staffGiveAReasonForTakingBackToo() {
        deactivate("4");
        assertThatThrownBy(() -> requests.reactivate("4", Actor.staff("kim"), null))
                .hasMessageContaining("give a reason");
    }

    @Test
    void whatWasHiddenInASessionThatWritesValuesOtherwiseComesBackExactly() {
        Map<String, List<String>> before = guilds.rows();
        deactivate("4");
        deleteData("1");
        guilds.database()
                .execute(
                        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET intervalstyle = sql_standard', current_database());"
                                + " END $$");
        assertThat(requests.cancel("1", Actor.SELF, null).restored().exact()).isTrue();
        requests.reactivate("4", Actor.SELF, null);
        assertThat(guilds.rows()).isEqualTo(before);
    }

    @Test
    void withoutTheKeyNobodyIsErased() {
        Request request = deactivate("1");
        guilds.clock().set(request.dueAt());
        AccountRequests keyless = dev.exeunt.Exeunt.builder(dev.exeunt.database.Database.at(
                        guilds.database().jdbcUrl(),
                        guilds.database().user(),
                        guilds.database().password()))
                .clock(guilds.clock())
                .build()
                .requests(dev.exeunt.internal.map.read.MapReader.read(GuildTestApplication.MAP, "exeunt.yaml"));
        assertThatThrownBy(() -> keyless.eraseDue("w")).hasMessageContaining("EXEUNT_KEY");
        assertThatThrownBy(() -> keyless.gate("1", null)).hasMessageContaining("EXEUNT_KEY");
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.DEACTIVATED);
    }

    @Test
    void whoIsDeactivatedConfirmsByTheAddressTheyKnow() {
        deactivate("1");
        refused(RequestRefusalReason.UNCONFIRMED, () -> deleteAccount("1", "ben@x.test"));
        deleteAccount("1", "anna@X.test");
    }

    @Test
    void aNewStartStaysInSightWhenAnEarlierRequestIsTakenBack() {
        deleteAccount("1", "anna@x.test");
        guilds.clock().advance(DAY);
        Request data = deleteData("1");
        guilds.database().execute("INSERT INTO posts VALUES (10, 1, 'new', true, NULL, '2026-03-03T00:00Z')");
        guilds.clock().advance(DAY);
        requests.cancel("1", Actor.SELF, null);
        assertThat(guilds.ids("posts", "deleted_at IS NULL AND person = 1")).containsExactly("10");
        guilds.clock().set(data.dueAt());
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(guilds.ids("posts", "person = 1")).containsExactly("10");
    }

    @Test
    void whatAnEarlierRequestHasHiddenIsErasedWithTheRest() {
        deleteAccount("1", "anna@x.test");
        guilds.clock().advance(DAY);
        Request data = deleteData("1");
        guilds.database().execute("DELETE FROM members WHERE person = 2");
        guilds.clock().set(data.dueAt());
        assertThat(requests.eraseDue("w"))
                .as("the account is held up by a guard")
                .isEqualTo(new ReapResult(1, 1, 0));
        requests.cancel("1", Actor.SELF, null);
        assertThat(guilds.ids("likes", "person = 1")).isEmpty();
        assertThat(guilds.ids("posts", "person = 1")).isEmpty();
    }

    @Test
    void whatSomebodyElsesRequestHasHiddenOfOneWhoIsErasedNeverComesBack() {
        guilds.database().execute("INSERT INTO members VALUES (1, 4, 'owner')");
        deactivate("1");
        Request second = deleteAccount("2", "ben@x.test");
        guilds.clock().set(second.dueAt());
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        requests.reactivate("1", Actor.SELF, null);
        assertThat(guilds.ids("likes", "person = 2")).isEmpty();
        assertThat(guilds.ids("likes", "post = 1")).containsExactly("4");
    }

    @Test
    void whatComesBackWithSomebodyElseStaysAwayWhileItsOwnerLeaves() {
        guilds.database().execute("INSERT INTO members VALUES (1, 4, 'owner')");
        deactivate("1");
        deleteData("3"); // whose like of a post of 1 is away already
        deactivate("2");
        guilds.database().execute("INSERT INTO sessions VALUES (10, 2)");
        requests.reactivate("1", Actor.SELF, null);
        assertThat(guilds.ids("posts", "person = 1 AND deleted_at IS NULL")).contains("1");
        assertThat(guilds.ids("likes", "post = 1")).isEmpty();
        assertThat(guilds.ids("sessions", "person = 2"))
                .as("nothing else that has come since is touched")
                .containsExactly("10");
        requests.cancel("3", Actor.SELF, null);
        requests.reactivate("2", Actor.SELF, null);
        assertThat(guilds.ids("likes", "post = 1")).containsExactly("1", "4");
    }
}
