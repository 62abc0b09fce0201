package dev.exeunt.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.exeunt.ledger.Actor;
import dev.exeunt.lifecycle.DepartureRefusedException.Why;
import dev.exeunt.map.Flow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is done when the time has come, and what where it cannot be done. */
class ReaperTest extends TownTest {

    @Test
    void whatIsDueSoonAndWhatIsOverdueIsCounted() {
        Request request = deactivate("1");
        deleteData("4");
        assertThat(departures.tally())
                .containsExactly(
                        new Tally("deactivate", "scheduled", 1, 0, 0), new Tally("delete-data", "scheduled", 1, 0, 0));
        town.clock().to(request.dueAt().minus(DAY));
        assertThat(departures.tally()).contains(new Tally("deactivate", "scheduled", 1, 0, 1));
        town.clock().to(request.dueAt().plus(DAY));
        assertThat(departures.tally()).contains(new Tally("deactivate", "scheduled", 1, 1, 0));
        departures.reap("w");
        assertThat(departures.tally()).contains(new Tally("deactivate", "erased", 1, 0, 0));
    }

    @Test
    void aRequestThatTheMapOffersNoMoreIsPutOffAndSaysSo() {
        Request request = deactivate("4");
        town.clock().to(request.dueAt());
        Departures without = town.departures(Town.MAP
                .replaceAll("(?m)^ *deactivate: \\{.*\n", "")
                .replace("deactivate: delete, ", "")
                .replace("[deactivate, ", "[")
                .replace(", deactivate]", "]"));
        assertThat(without.reap("w")).isEqualTo(new Reaped(0, 0, 1));
        assertThat(departures.status("4").requests().get(0).failure()).contains("flows:");
        town.clock().go(DAY);
        assertThat(departures.reap("w")).isEqualTo(new Reaped(1, 0, 0));
    }

    @Test
    void aGuardIsAskedAgainWhenItIsDue() {
        Request request = deleteAccount("1", "anna@x.test");
        town.database().execute("DELETE FROM members WHERE person = 2");
        town.clock().to(request.dueAt());
        Map<String, List<String>> before = town.rows();
        assertThat(departures.reap("w")).isEqualTo(new Reaped(0, 1, 0));
        assertThat(town.rows())
                .as("though hiding has moved the membership away")
                .isEqualTo(before);
        assertThat(departures.status("1").requests().get(0).state()).isEqualTo(RequestState.BLOCKED);
        town.database().execute("INSERT INTO members VALUES (1, 4, 'owner')");
        assertThat(departures.reap("w")).as("not looked at all the time").isEqualTo(new Reaped(0, 0, 0));
        town.clock().go(DAY);
        assertThat(departures.reap("w")).isEqualTo(new Reaped(1, 0, 0));
    }

    @Test
    void nothingIsErasedASecondBeforeItIsDueAndEverythingThen() {
        Request request = deactivate("1");
        town.clock().to(request.dueAt().minus(SECOND));
        Map<String, List<String>> before = town.rows();
        assertThat(departures.reap("w")).isEqualTo(new Reaped(0, 0, 0));
        assertThat(town.rows()).isEqualTo(before);

        town.clock().to(request.dueAt());
        assertThat(departures.reap("w")).isEqualTo(new Reaped(1, 0, 0));
        assertThat(town.ids("posts", "person = 1 OR body IN ('one', 'two')")).isEmpty();
        assertThat(town.ids("likes", "TRUE")).isEmpty();
        assertThat(town.ids("mails", "TRUE"))
                .as("found by the address they had")
                .containsExactly("2");
        assertThat(town.ids("people", "email = 'deleted-1@erased.invalid' AND name IS NULL"))
                .containsExactly("1");
        assertThat(departures.gate("1", null).state()).isEqualTo(Gate.State.ERASED);
        assertThat(town.database().column("SELECT subject::text FROM exeunt.request"))
                .containsOnlyNulls();
        assertThat(town.database().column("SELECT state || ' ' || (receipt->>'subjects') FROM exeunt.request"))
                .containsExactly("erased 1");
        assertThat(town.database().column("SELECT name FROM exeunt.event ORDER BY id"))
                .containsExactly("user.deactivation_requested", "user.erasure_started", "user.erased");
        assertThat(departures.reap("w")).isEqualTo(new Reaped(0, 0, 0));
    }

    @Test
    void onesFailureStopsNobodyElseIsTriedAgainThenShownAndTriedOnceMoreWhenStaffSaySo() {
        Request first = deactivate("1");
        Request second = departures.ask(Ask.self(Flow.DEACTIVATE, "4"));
        town.database()
                .execute("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN IF old.id = 1 THEN RAISE 'no %', old.email USING CONSTRAINT = 'stays'; END IF; RETURN old; END $$;"
                        + "CREATE TRIGGER no BEFORE DELETE ON mails FOR EACH ROW EXECUTE FUNCTION no()");
        town.clock().to(second.dueAt());
        Departures again =
                town.departures(Town.MAP + "accept: { side-effect: { mails: looked at, mails.no: looked at } }\n");
        assertThat(again.reap("w")).isEqualTo(new Reaped(1, 0, 1));
        Request put = again.status("1").requests().get(0);
        assertThat(put.state()).isEqualTo(RequestState.SCHEDULED);
        assertThat(put.failure()).doesNotContain("x.test");
        for (int i = 0; i < 4; i++) {
            assertThat(again.reap("w")).isEqualTo(new Reaped(0, 0, 0));
            town.clock().go(DAY);
            assertThat(again.reap("w")).isEqualTo(new Reaped(0, 0, 1));
        }
        assertThat(again.status("1").requests().get(0).state()).isEqualTo(RequestState.FAILED);
        assertThat(again.gate("1", null).state()).isEqualTo(Gate.State.DEACTIVATED);
        assertThat(again.status("1").requests().get(0).attempts()).isEqualTo(5);
        assertThat(first.id()).isEqualTo(put.id());

        town.database().execute("DROP TRIGGER no ON mails");
        assertThatThrownBy(() -> departures.retry("1", Actor.SELF, "please")).hasMessageContaining("only staff");
        refused(Why.NOTHING_OPEN, () -> departures.retry("2", Actor.staff("kim"), "please"));
        assertThat(departures.retry("1", Actor.staff("kim"), "no trigger now"))
                .extracting(Request::state, Request::attempts)
                .containsExactly(tuple(RequestState.SCHEDULED, 0));
        assertThat(departures.reap("w")).isEqualTo(new Reaped(1, 0, 0));
        assertThat(town.database()
                        .column("SELECT actor || ' ' || reason FROM exeunt.event WHERE name = 'user.erasure_retried'"))
                .containsExactly("staff:kim no trigger now");
    }
}
