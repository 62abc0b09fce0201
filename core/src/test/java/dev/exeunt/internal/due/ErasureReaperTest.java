package dev.exeunt.internal.due;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.internal.request.GuildTestCase;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.ReapResult;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestCount;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import dev.exeunt.request.RequestState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests erasures of due requests, blocked ones and failed ones. */
class ErasureReaperTest extends GuildTestCase {

    @Test
    void whatIsDueSoonAndWhatIsOverdueIsCounted() {
        Request request = deactivate("1");
        deleteData("4");
        assertThat(departures.countRequests())
                .containsExactly(
                        new RequestCount("deactivate", "scheduled", 1, 0, 0),
                        new RequestCount("delete-data", "scheduled", 1, 0, 0));
        town.clock().set(request.dueAt().minus(DAY));
        assertThat(departures.countRequests()).contains(new RequestCount("deactivate", "scheduled", 1, 0, 1));
        town.clock().set(request.dueAt().plus(DAY));
        assertThat(departures.countRequests()).contains(new RequestCount("deactivate", "scheduled", 1, 1, 0));
        departures.eraseDue("w");
        assertThat(departures.countRequests()).contains(new RequestCount("deactivate", "erased", 1, 0, 0));
    }

    @Test
    void aRequestThatTheMapOffersNoMoreIsPutOffAndSaysSo() {
        Request request = deactivate("4");
        town.clock().set(request.dueAt());
        AccountRequests without = town.departures(GuildTestApplication.MAP
                .replaceAll("(?m)^ *deactivate: \\{.*\n", "")
                .replace("deactivate: delete, ", "")
                .replace("[deactivate, ", "[")
                .replace(", deactivate]", "]"));
        assertThat(without.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 1));
        assertThat(departures.status("4").requests().get(0).failure()).contains("flows:");
        town.clock().advance(DAY);
        assertThat(departures.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
    }

    @Test
    void aGuardIsAskedAgainWhenItIsDue() {
        Request request = deleteAccount("1", "anna@x.test");
        town.database().execute("DELETE FROM members WHERE person = 2");
        town.clock().set(request.dueAt());
        Map<String, List<String>> before = town.rows();
        assertThat(departures.eraseDue("w")).isEqualTo(new ReapResult(0, 1, 0));
        assertThat(town.rows())
                .as("though hiding has moved the membership away")
                .isEqualTo(before);
        assertThat(departures.status("1").requests().get(0).state()).isEqualTo(RequestState.BLOCKED);
        town.database().execute("INSERT INTO members VALUES (1, 4, 'owner')");
        assertThat(departures.eraseDue("w")).as("not looked at all the time").isEqualTo(new ReapResult(0, 0, 0));
        town.clock().advance(DAY);
        assertThat(departures.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
    }

    @Test
    void nothingIsErasedASecondBeforeItIsDueAndEverythingThen() {
        Request request = deactivate("1");
        town.clock().set(request.dueAt().minus(SECOND));
        Map<String, List<String>> before = town.rows();
        assertThat(departures.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0));
        assertThat(town.rows()).isEqualTo(before);

        town.clock().set(request.dueAt());
        assertThat(departures.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(town.ids("posts", "person = 1 OR body IN ('one', 'two')")).isEmpty();
        assertThat(town.ids("likes", "TRUE")).isEmpty();
        assertThat(town.ids("mails", "TRUE"))
                .as("found by the address they had")
                .containsExactly("2");
        assertThat(town.ids("people", "email = 'deleted-1@erased.invalid' AND name IS NULL"))
                .containsExactly("1");
        assertThat(departures.gate("1", null).state()).isEqualTo(GateDecision.GateState.ERASED);
        assertThat(town.database().column("SELECT subject::text FROM exeunt.request"))
                .containsOnlyNulls();
        assertThat(town.database().column("SELECT state || ' ' || (receipt->>'subjects') FROM exeunt.request"))
                .containsExactly("erased 1");
        assertThat(town.database().column("SELECT name FROM exeunt.event ORDER BY id"))
                .containsExactly("user.deactivation_requested", "user.erasure_started", "user.erased");
        assertThat(departures.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0));
    }

    @Test
    void onesFailureStopsNobodyElseIsTriedAgainThenShownAndTriedOnceMoreWhenStaffSaySo() {
        Request first = deactivate("1");
        Request second = departures.submit(NewRequest.self(AccountFlow.DEACTIVATE, "4"));
        town.database()
                .execute("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN IF old.id = 1 THEN RAISE 'no %', old.email USING CONSTRAINT = 'stays'; END IF; RETURN old; END $$;"
                        + "CREATE TRIGGER no BEFORE DELETE ON mails FOR EACH ROW EXECUTE FUNCTION no()");
        town.clock().set(second.dueAt());
        AccountRequests again = town.departures(
                GuildTestApplication.MAP + "accept: { side-effect: { mails: looked at, mails.no: looked at } }\n");
        assertThat(again.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 1));
        Request put = again.status("1").requests().get(0);
        assertThat(put.state()).isEqualTo(RequestState.SCHEDULED);
        assertThat(put.failure()).doesNotContain("x.test");
        for (int i = 0; i < 4; i++) {
            assertThat(again.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0));
            town.clock().advance(DAY);
            assertThat(again.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 1));
        }
        assertThat(again.status("1").requests().get(0).state()).isEqualTo(RequestState.FAILED);
        assertThat(again.gate("1", null).state()).isEqualTo(GateDecision.GateState.DEACTIVATED);
        assertThat(again.status("1").requests().get(0).attempts()).isEqualTo(5);
        assertThat(first.id()).isEqualTo(put.id());

        town.database().execute("DROP TRIGGER no ON mails");
        assertThatThrownBy(() -> departures.retry("1", Actor.SELF, "please")).hasMessageContaining("only staff");
        refused(RequestRefusalReason.NOTHING_OPEN, () -> departures.retry("2", Actor.staff("kim"), "please"));
        assertThat(departures.retry("1", Actor.staff("kim"), "no trigger now"))
                .extracting(Request::state, Request::attempts)
                .containsExactly(tuple(RequestState.SCHEDULED, 0));
        assertThat(departures.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(town.database()
                        .column("SELECT actor || ' ' || reason FROM exeunt.event WHERE name = 'user.erasure_retried'"))
                .containsExactly("staff:kim no trigger now");
    }
}
