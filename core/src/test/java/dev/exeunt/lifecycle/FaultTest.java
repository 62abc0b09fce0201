package dev.exeunt.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.ExeuntException;
import dev.exeunt.ledger.Actor;
import dev.exeunt.lifecycle.Wire.Fault;
import dev.exeunt.lifecycle.Wire.Mode;
import dev.exeunt.map.Flow;
import dev.exeunt.map.yaml.MapReader;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whichever statement of a transition fails: every row of the database is as it was, the product's own too. Where the line is
 * cut instead the server itself sees to that, and some of them will do; {@code -Dexeunt.long=true} cuts at each.
 */
class FaultTest {

    private static final int CUTS = Boolean.getBoolean("exeunt.long") ? 1 : 10;
    private static final String AT_ONCE =
            Town.MAP.replaceAll("grace: \\d+d", "grace: none").replace(", login-block: 24h", "");

    private final Town town = Town.made();
    private final Fault fault = new Fault();
    private final Departures later = departures(Town.MAP);
    private final Map<Flow, String> read = new EnumMap<>(Flow.class);

    @AfterEach
    void close() {
        town.close();
    }

    private Departures departures(String map) {
        return town.exeunt(Wire.through(town.database().databaseName(), fault))
                .departures(MapReader.read(map, "exeunt.yaml"));
    }

    private Request ask(Departures departures, Flow flow) {
        return departures.ask(Ask.self(flow, "1")
                .typing("anna@x.test")
                .because("enough")
                .acknowledging(read.computeIfAbsent(
                        flow, f -> later.outlook(f, "1").warnings().digest())));
    }

    /** What is tried, a day after others have been asked for. */
    enum Step {
        HIDE_DATA((t, d) -> t.ask(t.later, Flow.DELETE_DATA)),
        DEACTIVATE((t, d) -> t.ask(t.later, Flow.DEACTIVATE)),
        HIDE_ACCOUNT_OVER_DATA((t, d) -> t.ask(t.later, Flow.DELETE_ACCOUNT), Flow.DELETE_DATA),
        ERASE_DATA_AT_ONCE((t, d) -> t.ask(d, Flow.DELETE_DATA)),
        ERASE_ACCOUNT_AT_ONCE((t, d) -> t.ask(d, Flow.DELETE_ACCOUNT)),
        ERASE_DATA_AT_ONCE_UNDER_ACCOUNT((t, d) -> t.ask(d, Flow.DELETE_DATA), Flow.DELETE_ACCOUNT),
        ERASE_DEACTIVATED_AT_ONCE_OVER_DATA((t, d) -> t.ask(d, Flow.DEACTIVATE), Flow.DELETE_DATA),
        CANCEL_DATA((t, d) -> t.later.cancel("1", Actor.SELF, "stay"), Flow.DELETE_DATA, Flow.DEACTIVATE),
        CANCEL_ACCOUNT((t, d) -> t.later.cancel("1", Actor.SELF, "stay"), Flow.DELETE_DATA, Flow.DELETE_ACCOUNT),
        REACTIVATE((t, d) -> t.later.reactivate("1", Actor.SELF, null), Flow.DELETE_DATA, Flow.DEACTIVATE);

        private final BiConsumer<FaultTest, Departures> work;
        private final List<Flow> before;

        Step(BiConsumer<FaultTest, Departures> work, Flow... before) {
            this.work = work;
            this.before = List.of(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingHasHappened(Step step) {
        for (Flow flow : Flow.values()) {
            read.put(flow, later.outlook(flow, "1").warnings().digest());
        }
        for (Flow flow : step.before) {
            ask(later, flow);
            town.clock().go(Duration.ofDays(1));
        }
        Departures atOnce = departures(AT_ONCE);
        Map<String, List<String>> before = town.database().snapshot();
        int nth = 1;
        for (Mode mode = Mode.CUT; fails(nth, mode, () -> step.work.accept(this, atOnce)); mode = mode(++nth)) {
            assertThat(town.database().snapshot()).as("%s at %d", mode, nth).isEqualTo(before);
        }
        assertThat(nth).as("statements").isGreaterThan(15);
        assertThat(town.database().snapshot()).as("what it does at last").isNotEqualTo(before);
    }

    private static Mode mode(int nth) {
        return nth % CUTS == 0 ? Mode.CUT : Mode.ERROR;
    }

    /** @return whether it came to the n-th statement, which then failed */
    private boolean fails(int nth, Mode mode, Runnable work) {
        fault.at(nth, mode);
        boolean refused = false;
        try {
            work.run();
        } catch (ExeuntException e) {
            refused = true;
        }
        assertThat(refused).as("%s at %d: whoever asked is told", mode, nth).isEqualTo(fault.struck());
        return fault.struck();
    }

    /** What is due, in the order in which it was asked for, a day between. */
    enum Due {
        DATA(Flow.DELETE_DATA),
        DATA_UNDER_DEACTIVATION(Flow.DELETE_DATA, Flow.DEACTIVATE),
        DEACTIVATED_OVER_DATA(Flow.DEACTIVATE, Flow.DELETE_DATA),
        ACCOUNT(Flow.DELETE_ACCOUNT);

        private final List<Flow> flows;

        Due(Flow... flows) {
            this.flows = List.of(flows);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsErasedByHalves(Due due) {
        Request first = ask(later, due.flows.get(0));
        for (Flow flow : due.flows.subList(1, due.flows.size())) {
            town.clock().go(Duration.ofDays(1));
            ask(later, flow);
        }
        town.clock().to(first.dueAt());
        Map<String, List<String>> before = town.database().snapshot();
        String last = town.database().scalar("SELECT max(id) FROM exeunt.event");
        int nth = 1;
        while (!triedAndErased(nth, first)) {
            town.database().execute(RESET.formatted(last));
            assertThat(town.database().snapshot()).as("fault at %d", nth).isEqualTo(before);
            nth++;
        }
        assertThat(nth).as("statements").isGreaterThan(30);
        assertThat(town.database().snapshot()).isNotEqualTo(before);
        assertThat(town.database()
                        .scalar("SELECT count(*) FROM exeunt.event WHERE name = 'user.erased' AND request = '"
                                + first.id() + "'"))
                .isEqualTo("1");
    }

    /** What the reaper itself writes down when it claims somebody and fails. */
    private static final String RESET = """
            SET session_replication_role = replica;
            DELETE FROM exeunt.event WHERE id > %s;
            UPDATE exeunt.request SET state = 'scheduled', attempts = 0, attempt_at = NULL, failure = NULL, worker = NULL,
                worker_until = NULL, fence = 0, erasing_since = NULL WHERE state = 'scheduled'
            """;

    /** One whom a fault has struck may be tried again later, says why, and is never taken for erased. */
    private boolean triedAndErased(int nth, Request request) {
        fault.at(nth, mode(nth));
        Reaped reaped = null;
        try {
            reaped = later.reap("w");
        } catch (ExeuntException e) {
            assertThat(fault.struck()).isTrue();
        }
        String state = town.database()
                .scalar("SELECT concat_ws(' ', state, attempts, failure IS NOT NULL) FROM exeunt.request WHERE id = '"
                        + request.id() + "'");
        if (state.startsWith("erased")) {
            assertThat(reaped == null || reaped.erased() == 1)
                    .as("%s at %d", reaped, nth)
                    .isTrue();
            return true;
        }
        assertThat(state).as("at %d", nth).isEqualTo(reaped == null ? "scheduled 0 f" : "scheduled 1 t");
        assertThat(reaped == null || reaped.equals(new Reaped(0, 0, 1)))
                .as("%s at %d", reaped, nth)
                .isTrue();
        return false;
    }
}
