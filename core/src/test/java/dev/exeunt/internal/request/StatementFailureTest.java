package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.FaultySocketFactory.StatementFailureMode;
import dev.exeunt.internal.request.FaultySocketFactory.StatementFault;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests that no row changes, whichever statement of a transition fails. Where the line is cut instead the server itself
 * sees to that, and some of them will do; {@code -Dexeunt.long=true} cuts at each.
 */
class StatementFailureTest {

    private static final int CUTS = Boolean.getBoolean("exeunt.long") ? 1 : 14;
    private static final String AT_ONCE =
            GuildTestApplication.MAP.replaceAll("grace: \\d+d", "grace: none").replace(", login-block: 24h", "");

    private final GuildTestApplication guilds = GuildTestApplication.create();
    private final StatementFault fault = new StatementFault();
    private final AccountRequests later = requests(GuildTestApplication.MAP);
    private final Map<AccountFlow, String> read = new EnumMap<>(AccountFlow.class);

    @AfterEach
    void close() {
        guilds.close();
    }

    private AccountRequests requests(String map) {
        return guilds.exeunt(FaultySocketFactory.through(guilds.database().databaseName(), fault))
                .requests(MapReader.read(map, "exeunt.yaml"));
    }

    private Request ask(AccountRequests requests, AccountFlow flow) {
        return requests.submit(NewRequest.self(flow, "1")
                .typing("anna@x.test")
                .because("enough")
                .acknowledging(read.computeIfAbsent(
                        flow, f -> later.previewRequest(f, "1").warnings().digest())));
    }

    /** Lists the calls whose statements are made to fail. */
    enum FailingStep {
        HIDE_DATA((t, d) -> t.ask(t.later, AccountFlow.DELETE_DATA)),
        DEACTIVATE((t, d) -> t.ask(t.later, AccountFlow.DEACTIVATE)),
        HIDE_ACCOUNT_OVER_DATA((t, d) -> t.ask(t.later, AccountFlow.DELETE_ACCOUNT), AccountFlow.DELETE_DATA),
        ERASE_DATA_AT_ONCE((t, d) -> t.ask(d, AccountFlow.DELETE_DATA)),
        ERASE_ACCOUNT_AT_ONCE((t, d) -> t.ask(d, AccountFlow.DELETE_ACCOUNT)),
        ERASE_DATA_AT_ONCE_UNDER_ACCOUNT((t, d) -> t.ask(d, AccountFlow.DELETE_DATA), AccountFlow.DELETE_ACCOUNT),
        ERASE_DEACTIVATED_AT_ONCE_OVER_DATA((t, d) -> t.ask(d, AccountFlow.DEACTIVATE), AccountFlow.DELETE_DATA),
        CANCEL_DATA((t, d) -> t.later.cancel("1", Actor.SELF, "stay"), AccountFlow.DELETE_DATA, AccountFlow.DEACTIVATE),
        CANCEL_ACCOUNT(
                (t, d) -> t.later.cancel("1", Actor.SELF, "stay"), AccountFlow.DELETE_DATA, AccountFlow.DELETE_ACCOUNT),
        REACTIVATE(
                (t, d) -> t.later.reactivate("1", Actor.SELF, null), AccountFlow.DELETE_DATA, AccountFlow.DEACTIVATE);

        private final BiConsumer<StatementFailureTest, AccountRequests> work;
        private final List<AccountFlow> before;

        FailingStep(BiConsumer<StatementFailureTest, AccountRequests> work, AccountFlow... before) {
            this.work = work;
            this.before = List.of(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingHasHappened(FailingStep step) {
        for (AccountFlow flow : AccountFlow.values()) {
            read.put(flow, later.previewRequest(flow, "1").warnings().digest());
        }
        for (AccountFlow flow : step.before) {
            ask(later, flow);
            guilds.clock().advance(Duration.ofDays(1));
        }
        AccountRequests atOnce = requests(AT_ONCE);
        Map<String, List<String>> before = guilds.database().snapshot();
        int nth = 1;
        for (StatementFailureMode mode = StatementFailureMode.CUT;
                fails(nth, mode, () -> step.work.accept(this, atOnce));
                mode = mode(++nth)) {
            assertThat(guilds.database().snapshot()).as("%s at %d", mode, nth).isEqualTo(before);
        }
        assertThat(nth).as("statements").isGreaterThan(15);
        assertThat(guilds.database().snapshot()).as("what it does at last").isNotEqualTo(before);
    }

    private static StatementFailureMode mode(int nth) {
        return nth % CUTS == 0 ? StatementFailureMode.CUT : StatementFailureMode.ERROR;
    }

    /** @return whether it came to the n-th statement, which then failed */
    private boolean fails(int nth, StatementFailureMode mode, Runnable work) {
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

    /** Lists the combinations of due requests whose erasure is made to fail. */
    enum DueCombination {
        DATA(AccountFlow.DELETE_DATA),
        DATA_UNDER_DEACTIVATION(AccountFlow.DELETE_DATA, AccountFlow.DEACTIVATE),
        DEACTIVATED_OVER_DATA(AccountFlow.DEACTIVATE, AccountFlow.DELETE_DATA),
        ACCOUNT(AccountFlow.DELETE_ACCOUNT);

        private final List<AccountFlow> flows;

        DueCombination(AccountFlow... flows) {
            this.flows = List.of(flows);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsErasedByHalves(DueCombination due) {
        Request first = ask(later, due.flows.get(0));
        for (AccountFlow flow : due.flows.subList(1, due.flows.size())) {
            guilds.clock().advance(Duration.ofDays(1));
            ask(later, flow);
        }
        guilds.clock().set(first.dueAt());
        Map<String, List<String>> before = guilds.database().snapshot();
        String last = guilds.database().scalar("SELECT max(id) FROM exeunt.event");
        String entry = guilds.database().scalar("SELECT max(position) FROM exeunt.ledger");
        int nth = 1;
        while (!triedAndErased(nth, first)) {
            guilds.database().execute(RESET.formatted(last, entry));
            assertThat(guilds.database().snapshot()).as("fault at %d", nth).isEqualTo(before);
            nth++;
        }
        assertThat(nth).as("statements").isGreaterThan(30);
        assertThat(guilds.database().snapshot()).isNotEqualTo(before);
        assertThat(guilds.database()
                        .scalar("SELECT count(*) FROM exeunt.event WHERE name = 'user.erased' AND request = '"
                                + first.id() + "'"))
                .isEqualTo("1");
    }

    /** What the reaper itself writes down when it claims somebody and fails. */
    private static final String RESET = """
            SET session_replication_role = replica;
            DELETE FROM exeunt.event WHERE id > %s;
            DELETE FROM exeunt.ledger WHERE position > %s;
            UPDATE exeunt.request SET state = 'scheduled', attempts = 0, attempt_at = NULL, failure = NULL, worker = NULL,
                worker_until = NULL, fence = 0, erasing_since = NULL WHERE state = 'scheduled'
            """;

    /** One whom a fault has struck may be tried again later, says why, and is never taken for erased. */
    private boolean triedAndErased(int nth, Request request) {
        fault.at(nth, mode(nth));
        ReapResult reaped = null;
        try {
            reaped = later.eraseDue("w");
        } catch (ExeuntException e) {
            assertThat(fault.struck()).isTrue();
        }
        String state = guilds.database()
                .scalar("SELECT concat_ws(' ', state, attempts, failure IS NOT NULL) FROM exeunt.request WHERE id = '"
                        + request.id() + "'");
        if (state.startsWith("erased")) {
            assertThat(reaped == null || reaped.erased() == 1)
                    .as("%s at %d", reaped, nth)
                    .isTrue();
            return true;
        }
        assertThat(state).as("at %d", nth).isEqualTo(reaped == null ? "scheduled 0 f" : "scheduled 1 t");
        assertThat(reaped == null || reaped.equals(new ReapResult(0, 0, 1)))
                .as("%s at %d", reaped, nth)
                .isTrue();
        return false;
    }
}
