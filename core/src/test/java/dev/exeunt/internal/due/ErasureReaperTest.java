package dev.exeunt.internal.due;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.internal.request.GuildTestCase;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.AccountRequests.RequestCount;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests erasures of due requests, blocked ones and failed ones. */
class ErasureReaperTest extends GuildTestCase {

    @Test
    void whatIsDueSoonAndWhatIsOverdueIsCounted() {
        Request request = deactivate("1");
        deleteData("4");
        assertThat(requests.countRequests())
                .containsExactly(
                        new RequestCount("deactivate", "scheduled", 1, 0, 0),
                        new RequestCount("delete-data", "scheduled", 1, 0, 0));
        guilds.clock().set(request.dueAt().minus(DAY));
        assertThat(requests.countRequests()).contains(new RequestCount("deactivate", "scheduled", 1, 0, 1));
        guilds.clock().set(request.dueAt().plus(DAY));
        assertThat(requests.countRequests()).contains(new RequestCount("deactivate", "scheduled", 1, 1, 0));
        requests.eraseDue("w");
        assertThat(requests.countRequests()).contains(new RequestCount("deactivate", "erased", 1, 0, 0));
    }

    @Test
    void aRequestThatTheMapOffersNoMoreIsPutOffAndSaysSo() {
        Request request = deactivate("4");
        guilds.clock().set(request.dueAt());
        AccountRequests without = guilds.requests(GuildTestApplication.MAP
                .replaceAll("(?m)^ *deactivate: \\{.*\n", "")
                .replace("deactivate: delete, ", "")
                .replace("[deactivate, ", "[")
                .replace(", deactivate]", "]"));
        assertThat(without.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 1));
        assertThat(requests.status("4").requests().get(0).failure()).contains("flows:");
        guilds.clock().advance(DAY);
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
    }

    @Test
    void aGuardIsAskedAgainWhenItIsDue() {
        Request request = deleteAccount("1", "anna@x.test");
        guilds.database().execute("DELETE FROM members WHERE person = 2");
        guilds.clock().set(request.dueAt());
        Map<String, List<String>> before = guilds.rows();
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(0, 1, 0));
        assertThat(guilds.rows())
                .as("though hiding has moved the membership away")
                .isEqualTo(before);
        assertThat(requests.status("1").requests().get(0).state()).isEqualTo(Request.State.BLOCKED);
        guilds.database().execute("INSERT INTO members VALUES (1, 4, 'owner')");
        assertThat(requests.eraseDue("w")).as("not looked at all the time").isEqualTo(new ReapResult(0, 0, 0));
        guilds.clock().advance(DAY);
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
    }

    @Test
    void nothingIsErasedASecondBeforeItIsDueAndEverythingThen() {
        Request request = deactivate("1");
        guilds.clock().set(request.dueAt().minus(SECOND));
        Map<String, List<String>> before = guilds.rows();
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0));
        assertThat(guilds.rows()).isEqualTo(before);

        guilds.clock().set(request.dueAt());
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(guilds.ids("posts", "person = 1 OR body IN ('one', 'two')")).isEmpty();
        assertThat(guilds.ids("likes", "TRUE")).isEmpty();
        assertThat(guilds.ids("mails", "TRUE"))
                .as("found by the address they had")
                .containsExactly("2");
        assertThat(guilds.ids("people", "email = 'deleted-1@erased.invalid' AND name IS NULL"))
                .containsExactly("1");
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.ERASED);
        assertThat(guilds.database().column("SELECT subject::text FROM exeunt.request"))
                .containsOnlyNulls();
        assertThat(guilds.database().column("SELECT state || ' ' || (receipt->>'subjects') FROM exeunt.request"))
                .containsExactly("erased 1");
        assertThat(guilds.database().column("SELECT name FROM exeunt.event ORDER BY id"))
                .containsExactly("user.deactivation_requested", "user.erasure_started", "user.erased");
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0));
    }

    @Test
    void onesFailureStopsNobodyElseIsTriedAgainThenShownAndTriedOnceMoreWhenStaffSaySo() {
        Request first = deactivate("1");
        Request second = requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, "4"));
        guilds.database()
                .execute("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN IF old.id = 1 THEN RAISE 'no %', old.email USING CONSTRAINT = 'stays'; END IF; RETURN old; END $$;"
                        + "CREATE TRIGGER no BEFORE DELETE ON mails FOR EACH ROW EXECUTE FUNCTION no()");
        guilds.clock().set(second.dueAt());
        AccountRequests again = guilds.requests(
                GuildTestApplication.MAP + "accept: { side-effect: { mails: looked at, mails.no: looked at } }\n");
        assertThat(again.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 1));
        Request put = again.status("1").requests().get(0);
        assertThat(put.state()).isEqualTo(Request.State.SCHEDULED);
        assertThat(put.failure()).doesNotContain("x.test");
        for (int i = 0; i < 4; i++) {
            assertThat(again.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0));
            guilds.clock().advance(DAY);
            assertThat(again.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 1));
        }
        assertThat(again.status("1").requests().get(0).state()).isEqualTo(Request.State.FAILED);
        assertThat(again.gate("1", null).state()).isEqualTo(GateDecision.GateState.DEACTIVATED);
        assertThat(again.status("1").requests().get(0).attempts()).isEqualTo(5);
        assertThat(first.id()).isEqualTo(put.id());

        guilds.database().execute("DROP TRIGGER no ON mails");
        assertThatThrownBy(() -> requests.retry("1", Actor.SELF, "please")).hasMessageContaining("only staff");
        refused(RequestRefusalReason.NOTHING_OPEN, () -> requests.retry("2", Actor.staff("kim"), "please"));
        assertThat(requests.retry("1", Actor.staff("kim"), "no trigger now"))
                .extracting(Request::state, Request::attempts)
                .containsExactly(tuple(Request.State.SCHEDULED, 0));
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(guilds.database()
                        .column("SELECT actor || ' ' || reason FROM exeunt.event WHERE name = 'user.erasure_retried'"))
                .containsExactly("staff:kim no trigger now");
    }
}
