package dev.exeunt.internal.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.UnknownSubjectException;
import dev.exeunt.erase.ErasurePreview.PersonWarning;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.internal.request.GuildTestCase;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.AccountRequests.RequestCount;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestListPage.RequestListEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests that a legal hold keeps due erasures from being done, and that they go on once it ends. */
class LegalHoldTest extends GuildTestCase {

    private static final Actor KIM = Actor.staff("kim");

    private final LegalHolds holds = guilds.exeunt().holds(MapReader.read(GuildTestApplication.MAP, "exeunt.yaml"));

    private List<String> states() {
        return requests.listRequests(true, null, 50).entries().stream()
                .map(RequestListEntry::state)
                .toList();
    }

    private List<String> events() {
        return guilds.database().column("SELECT name FROM exeunt.event ORDER BY id");
    }

    @Test
    void aHeldErasureWaitsUntilStaffReleaseTheHoldAndIsDoneThen() {
        LegalHold hold = holds.place(NewLegalHold.on("1", "lawsuit of Anna"), KIM);
        Request request = deactivate("1");
        Map<String, List<String>> before = guilds.rows();
        guilds.clock().set(request.dueAt());
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0, 1));
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0, 1));
        assertThat(guilds.rows()).isEqualTo(before);
        assertThat(states()).containsExactly("held");
        guilds.clock().advance(DAY);
        assertThat(requests.countRequests())
                .as("a held request is not overdue")
                .containsExactly(new RequestCount("deactivate", "held", 1, 0, 0));
        LegalHold released = holds.release(hold.id(), KIM, "settled");
        assertThat(released.active()).isFalse();
        assertThat(released.releasedBy()).isEqualTo("staff:kim");
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(states()).containsExactly("erased");
        assertThat(events())
                .containsExactly(
                        "user.legal_hold_placed",
                        "user.deactivation_requested",
                        "user.erasure_held",
                        "user.legal_hold_released",
                        "user.erasure_resumed",
                        "user.erasure_started",
                        "user.erased");
        assertThat(guilds.database().column("SELECT details->>'hold' FROM exeunt.event WHERE name LIKE '%legal_hold%'"))
                .containsOnly(hold.id().toString());
        assertThat(guilds.database().column("SELECT h::text FROM exeunt.legal_hold h"))
                .as("nothing of the person is left in holds")
                .isEmpty();
        assertThat(guilds.database().column("SELECT e::text FROM exeunt.event e"))
                .noneMatch(e -> e.contains("lawsuit") || e.contains("settled"));
    }

    @Test
    void aHoldThatIsPlacedDuringTheGracePeriodEndsByItself() {
        Request request = deactivate("1");
        guilds.clock().advance(DAY);
        LegalHold hold = holds.place(
                NewLegalHold.on("1", "tax audit").until(request.dueAt().plus(DAY)), KIM);
        assertThat(hold.until()).isEqualTo(request.dueAt().plus(DAY));
        guilds.clock().set(request.dueAt().plus(DAY).minus(SECOND));
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0, 1));
        guilds.clock().advance(SECOND);
        assertThat(holds.list("1", false)).isEmpty();
        assertThat(holds.list("1", true)).hasSize(1).noneMatch(LegalHold::active);
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
    }

    @Test
    void aSecondHoldKeepsHoldingWhenTheFirstIsReleased() {
        LegalHold first = holds.place(NewLegalHold.on("1", "a"), KIM);
        LegalHold second = holds.place(NewLegalHold.on("email:anna@x.test", "b"), KIM);
        assertThat(holds.list(null, false)).extracting(LegalHold::subject).containsExactly("1", "1");
        guilds.clock().set(deactivate("1").dueAt());
        holds.release(first.id(), KIM, "done");
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0, 1));
        holds.release(second.id(), KIM, "done");
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
    }

    @Test
    void whatIsHeldCanBeTakenBack() {
        Map<String, List<String>> before = guilds.rows();
        holds.place(NewLegalHold.on("1", "lawsuit"), KIM);
        guilds.clock().set(deleteData("1").dueAt());
        assertThat(requests.eraseDue("w").held()).isOne();
        requests.cancel("1", Actor.SELF, null);
        assertThat(guilds.rows()).isEqualTo(before);
        assertThat(states()).containsExactly("cancelled");
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0));
    }

    @Test
    void onlyAPersonWhoIsToldLearnsOfTheHold() {
        LegalHold hold = holds.place(NewLegalHold.on("1", "lawsuit"), KIM);
        Request request = deactivate("1");
        assertThat(requests.status("1").delayedByHold()).isFalse();
        guilds.clock().set(request.dueAt());
        requests.eraseDue("w");
        assertThat(requests.status("1").requests())
                .as("as if it were still scheduled")
                .containsExactly(request);
        assertThat(requests.status("1").delayedByHold()).isFalse();
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.DEACTIVATED);
        assertThat(requests.previewRequest(AccountFlow.DELETE_DATA, "1").delayedByHold())
                .isFalse();

        holds.place(NewLegalHold.on("1", "another").telling(), KIM);
        holds.release(hold.id(), KIM, "done");
        assertThat(requests.status("1").delayedByHold()).isTrue();
        assertThat(requests.previewRequest(AccountFlow.DELETE_DATA, "1").delayedByHold())
                .isTrue();
        assertThat(requests.status("2").delayedByHold()).isFalse();
    }

    @Test
    void aFlowWithoutGraceWaitsForTheEndOfTheHold() {
        AccountRequests requestsAtOnce =
                guilds.requests(GuildTestApplication.MAP.replace("grace: 14d, confirm: email", "grace: none"));
        LegalHold hold = holds.place(NewLegalHold.on("2", "lawsuit"), KIM);
        Request request = requestsAtOnce.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "2"));
        assertThat(request.state()).isEqualTo(Request.State.SCHEDULED);
        assertThat(request.dueAt()).isEqualTo(guilds.clock().instant());
        assertThat(guilds.ids("posts", "person = 2 AND NOT visible"))
                .as("hidden")
                .containsExactly("3");
        assertThat(requestsAtOnce.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0, 1));
        holds.release(hold.id(), KIM, "settled");
        assertThat(requestsAtOnce.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(guilds.ids("posts", "person = 2")).isEmpty();
        assertThat(requestsAtOnce
                        .submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "4"))
                        .state())
                .isEqualTo(Request.State.ERASED);
    }

    @Test
    void anErasureWithoutARequestIsRefused() {
        holds.place(NewLegalHold.on("4", "lawsuit"), KIM);
        Map<String, List<String>> before = guilds.rows();
        var map = MapReader.read(GuildTestApplication.UNGUARDED, "exeunt.yaml");
        assertThatThrownBy(() -> guilds.exeunt().erase(map, List.of("2", "4"), receipt -> {}))
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining("a legal hold is on one of these people");
        assertThat(guilds.rows()).isEqualTo(before);
        assertThat(guilds.exeunt().preview(map, List.of("2", "4")).warnings())
                .containsExactly(PersonWarning.LEGAL_HOLD);
        assertThat(guilds.exeunt().preview(map, List.of("2")).warnings()).isEmpty();
        guilds.exeunt().erase(map, List.of("2"), receipt -> {});
    }

    @Test
    void aHoldOnTablesHoldsOnlyErasuresThatWriteThem() {
        LegalHold hold = holds.place(NewLegalHold.on("1", "mails").onTables(List.of("mails")), KIM);
        assertThat(hold.tables()).containsExactly("mails");
        Request data = deleteData("1");
        Request account = deactivate("1");
        guilds.clock().set(data.dueAt());
        assertThat(requests.eraseDue("w")).as("delete-data leaves mails alone").isEqualTo(new ReapResult(1, 0, 0, 1));
        assertThat(guilds.ids("mails", "TRUE")).containsExactly("1", "2");
        assertThat(requests.status("1").requests())
                .extracting(Request::id, Request::state)
                .containsExactlyInAnyOrder(
                        org.assertj.core.api.Assertions.tuple(data.id(), Request.State.ERASED),
                        org.assertj.core.api.Assertions.tuple(account.id(), Request.State.SCHEDULED));
    }

    @Test
    void staffAreToldWhatIsWrongWithAHold() {
        String missing = UUID.randomUUID().toString();
        assertThatThrownBy(() -> holds.place(NewLegalHold.on("9", "x"), KIM))
                .isInstanceOf(UnknownSubjectException.class);
        assertThatThrownBy(() -> holds.place(NewLegalHold.on("1", " "), KIM)).hasMessageContaining("with a reason");
        assertThatThrownBy(() -> holds.place(NewLegalHold.on("1", "x"), Actor.SELF))
                .hasMessageContaining("only staff");
        assertThatThrownBy(() -> holds.place(
                        NewLegalHold.on("1", "x").until(guilds.clock().instant()), KIM))
                .hasMessageContaining("must be in the future");
        assertThatThrownBy(() -> holds.place(NewLegalHold.on("1", "x").onTables(List.of("mail")), KIM))
                .hasMessageContaining("no table mail. Did you mean mails?");
        assertThatThrownBy(() -> holds.release(UUID.fromString(missing), KIM, "x"))
                .hasMessageContaining("no active legal hold");
        LegalHold hold = holds.place(NewLegalHold.on("1", "x"), KIM);
        holds.release(hold.id(), KIM, "x");
        assertThatThrownBy(() -> holds.release(hold.id(), KIM, "x")).hasMessageContaining("no active legal hold");
        assertThat(hold.toString()).doesNotContain("kim").doesNotContain(" x");
    }

    @Test
    void anEndedHoldIsForgottenAfterAYear() {
        LegalHold hold = holds.place(NewLegalHold.on("1", "lawsuit"), KIM);
        holds.place(NewLegalHold.on("2", "audit").until(guilds.clock().instant().plus(DAY)), KIM);
        holds.place(NewLegalHold.on("3", "open"), KIM);
        guilds.clock().advance(DAY);
        holds.release(hold.id(), KIM, "settled");
        guilds.clock().advance(Duration.ofDays(365).minus(SECOND));
        requests.eraseDue("w");
        assertThat(holds.list(null, true)).hasSize(3);
        guilds.clock().advance(SECOND);
        requests.eraseDue("w");
        assertThat(holds.list(null, true)).extracting(LegalHold::subject).containsExactly("3");
    }
}
