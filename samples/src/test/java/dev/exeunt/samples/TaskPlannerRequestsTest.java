package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests the task planner's acceptance rows about account requests. */
class TaskPlannerRequestsTest {

    private static final String ADA = "a0000000-0000-4000-8000-000000000001";
    private static final String BEN = "a0000000-0000-4000-8000-000000000002";
    private static final String CLEO = "a0000000-0000-4000-8000-000000000003";
    private static final String DAN = "a0000000-0000-4000-8000-000000000004";

    private final SampleTestApplication office = SampleTestApplication.of("task-planner");
    private final AccountRequests requests = office.requests();

    @AfterEach
    void close() {
        office.close();
    }

    private NewRequest leaving(String person) {
        String email = office.column("SELECT email FROM users WHERE id = '" + person + "'")
                .get(0);
        return NewRequest.self(AccountFlow.DELETE_ACCOUNT, person).typing(email);
    }

    private RequestRefusedException refused(NewRequest ask) {
        Map<String, List<String>> before = office.rows();
        RequestRefusedException e = catchThrowableOfType(RequestRefusedException.class, () -> requests.submit(ask));
        assertThat(office.rows()).isEqualTo(before);
        return e;
    }

    @Test
    @DisplayName(
            "TP-05 the address is typed; the only owner is refused, told which organisation, and where to hand it over")
    void confirmed() {
        assertThat(refused(NewRequest.self(AccountFlow.DELETE_ACCOUNT, ADA)).why())
                .isEqualTo(RequestRefusalReason.UNCONFIRMED);
        assertThat(refused(NewRequest.self(AccountFlow.DELETE_ACCOUNT, ADA).typing("ben@planner.example"))
                        .why())
                .isEqualTo(RequestRefusalReason.UNCONFIRMED);
        assertThat(refused(leaving(CLEO)).obstacles())
                .containsExactly(new RequestPreview.Obstacle(
                        "sole-owner",
                        "You are the only owner of Solo & Sons. Hand it over first, or archive it.",
                        "/o/solo/members",
                        false));
        assertThat(requests.submit(
                                NewRequest.self(AccountFlow.DELETE_ACCOUNT, ADA).typing("ADA@planner.example"))
                        .state())
                .isEqualTo(Request.State.SCHEDULED);
    }

    @Test
    @DisplayName("TP-05 two owners leaving at the same moment cannot both succeed")
    void together() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 10; i++) {
                List<Callable<Boolean>> both = List.of(() -> left(ADA), () -> left(BEN));
                List<Boolean> left = new ArrayList<>();
                for (Future<Boolean> one : threads.invokeAll(both)) {
                    left.add(one.get());
                }
                assertThat(left).containsExactlyInAnyOrder(true, false);
                requests.cancel(left.get(0) ? ADA : BEN, Actor.SELF, null);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean left(String person) {
        try {
            requests.submit(leaving(person));
            return true;
        } catch (RequestRefusedException e) {
            assertThat(e.why()).isEqualTo(RequestRefusalReason.GUARDED);
            return false;
        }
    }

    @Test
    @DisplayName("TP-06 scheduling sets the date and signs out everywhere, in one transaction; the banner has the date")
    void scheduled() {
        Request request = requests.submit(leaving(ADA));
        assertThat(request.dueAt()).isEqualTo(office.now().plus(Duration.ofDays(30)));
        assertThat(office.column("SELECT (deletion_scheduled_at = '" + request.dueAt()
                        + "')::text FROM users WHERE id = '" + ADA + "'"))
                .containsExactly("true");
        assertThat(office.column("SELECT count(*) FROM sessions WHERE user_id = '" + ADA + "'"))
                .containsExactly("0");
        assertThat(requests.gate(ADA, null))
                .isEqualTo(new GateDecision(GateDecision.GateState.SCHEDULED, request.dueAt()));
    }

    @Test
    @DisplayName("TP-08 who signs in again cancels: the account is as it was, and a row of its own records it")
    void cancelled() {
        Map<String, List<String>> before = office.rows();
        Request request = requests.submit(leaving(ADA));
        office.setTime(office.now().plus(Duration.ofDays(29)));
        AccountRequests.WithdrawalResult back = requests.cancel(ADA, Actor.SELF, "I like it here");
        assertThat(back.restored().exact()).isTrue();
        Map<String, List<String>> after = office.rows();
        assertThat(after.remove("sessions")).isNotEqualTo(before.remove("sessions"));
        assertThat(after).isEqualTo(before);
        assertThat(office.column("SELECT request || ' ' || cancelled_by || ' ' || reason FROM exeunt.cancellation"))
                .containsExactly(request.id() + " self I like it here");
        office.setTime(request.dueAt().plus(Duration.ofDays(1)));
        assertThat(requests.eraseDue("one")).isEqualTo(new ReapResult(0, 0, 0));
    }

    @Test
    @DisplayName("TP-09 the guard is asked again when it is due, and who it stops does not stop the others")
    void guardedAgain() {
        requests.submit(leaving(ADA));
        Request dan = requests.submit(leaving(DAN));
        office.execute("DELETE FROM memberships WHERE user_id = '" + BEN + "'");
        office.setTime(dan.dueAt());
        assertThat(requests.eraseDue("one")).isEqualTo(new ReapResult(1, 1, 0));
        assertThat(requests.status(ADA).requests().get(0).state()).isEqualTo(Request.State.BLOCKED);
        assertThat(office.column("SELECT count(*) FROM users WHERE id = '" + ADA + "'"))
                .containsExactly("1");
        assertThat(office.column("SELECT count(*) FROM users WHERE id = '" + DAN + "'"))
                .containsExactly("0");
        assertThat(requests.gate(DAN, null).state()).isEqualTo(GateDecision.GateState.ERASED);
    }

    @Test
    @DisplayName("TP-09 one person's failure does not stop the others")
    void isolated() {
        requests.submit(leaving(ADA));
        Request dan = requests.submit(leaving(DAN));
        office.execute(
                "CREATE TABLE newer (id int, who uuid REFERENCES users); INSERT INTO newer VALUES (1, '" + ADA + "')");
        office.setTime(dan.dueAt());
        ReapResult stopped = requests.eraseDue("one");
        assertThat(stopped)
                .as("the map does not know the new table: nobody is erased by a plan of before")
                .isEqualTo(new ReapResult(0, 0, 2));
        assertThat(requests.status(DAN).requests().get(0).failure()).contains("structure has changed");
        office.execute("DROP TABLE newer");
        office.setTime(dan.dueAt().plus(Duration.ofHours(1)));
        assertThat(requests.eraseDue("one")).isEqualTo(new ReapResult(2, 0, 0));
    }

    @Test
    @DisplayName(
            "TP-10 what is left when it was due is what a plain DELETE leaves, and nothing that an address ties to them")
    void remains() {
        Map<String, List<String>> after;
        try (LoadedSample expected = LoadedSample.load("task-planner")) {
            Request request = requests.submit(leaving(ADA));
            office.setTime(request.dueAt());
            assertThat(requests.eraseDue("one")).isEqualTo(new ReapResult(1, 0, 0));
            expected.database()
                    .execute("DELETE FROM users WHERE id = '" + ADA + "';"
                            + "DELETE FROM pro_waitlist WHERE lower(email) = 'ada@planner.example';"
                            + "DELETE FROM invitations WHERE lower(email) = 'ada@planner.example'");
            after = office.sample().database().snapshot();
            expected.database()
                    .snapshot()
                    .forEach((table, rows) ->
                            assertThat(after.get(table)).as(table).isEqualTo(rows));
        }
        assertThat(after.values())
                .as("Exeunt's own tables too")
                .noneMatch(rows -> rows.toString().contains(ADA));
        assertThat(after.values())
                .noneMatch(rows ->
                        rows.toString().toLowerCase(java.util.Locale.ROOT).contains("ada@planner.example\""));
    }
}
