package dev.exeunt.support.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.WorkObserver;
import dev.exeunt.database.Database;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests that an erasure of an account waits until the systems have acted that the map names for it, and not longer. */
class ErasureAnnouncementTest {

    private static final HashKey KEY = HashKey.ofHex("0123456789abcdef".repeat(4));

    private static final String TABLES = """
            CREATE TABLE people (id int PRIMARY KEY, left_at timestamptz);
            CREATE TABLE logins (account text PRIMARY KEY, person int NOT NULL REFERENCES people);
            CREATE INDEX ON logins (person);
            CREATE TABLE holds (person int PRIMARY KEY REFERENCES people);
            INSERT INTO people SELECT generate_series(1, 9);
            INSERT INTO logins SELECT 'account-' || id, id FROM people;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            flows:
              deactivate: { grace: 30d }
              delete-account: { grace: 7d }
              delete-data: { grace: 7d }
            tables:
              people: { hide: { set: { left_at: "{now}" } }, erase: delete }
              logins: { subject: person, hide: stash, erase: delete }
              holds: { subject: person, scope: account, erase: delete }
            external:
              provider:
                locators: select account from logins where person = :subject
                before-erasure: 10min
              bot: { events: [erased] }
            """;

    private static final String GUARD = """
            guards:
              hold:
                flows: [delete-account]
                sql: select person from holds where person = :subject
                message: There is a legal hold.
            """;

    private final SettableClock clock = new SettableClock(MappedDatabase.NOW);
    private final List<Integer> notAwaited = new ArrayList<>();
    private MappedDatabase mapped = MappedDatabase.of(TABLES, MAP);
    private LegalHolds holds;
    private AccountRequests requests = requests();
    private EventOutbox outbox;

    private AccountRequests requests() {
        Database database = Database.at(
                mapped.database().jdbcUrl(),
                mapped.database().user(),
                mapped.database().password());
        Exeunt exeunt = Exeunt.builder(database)
                .clock(clock)
                .key(KEY)
                .observer(new WorkObserver() {
                    @Override
                    public void erasuresNotAwaited(int requests) {
                        notAwaited.add(requests);
                    }
                })
                .build();
        exeunt.migrate();
        holds = exeunt.holds(mapped.map());
        outbox = EventOutbox.open(database, clock, KEY, mapped.map());
        return exeunt.requests(mapped.map());
    }

    private void withGuard() {
        mapped.close();
        mapped = MappedDatabase.of(TABLES, MAP + GUARD);
        requests = requests();
    }

    @AfterEach
    void close() {
        mapped.close();
    }

    private void ask(AccountFlow flow, int person) {
        requests.submit(NewRequest.self(flow, Integer.toString(person)));
    }

    private ReapResult reapAfter(Duration time) {
        clock.advance(time);
        return requests.eraseDue("reaper");
    }

    /** Delivers what waits for a system, as {@code type accounts}. */
    private List<String> deliver(String system) {
        List<String> told = new ArrayList<>();
        for (List<OutgoingEvent> claimed = outbox.claim(system, "test", 100);
                !claimed.isEmpty();
                claimed = outbox.claim(system, "test", 100)) {
            for (OutgoingEvent event : claimed) {
                var body = JsonMapper.shared().readTree(event.body().orElseThrow());
                told.add(event.type().replace("user.", "")
                        + body.at("/data/locators").findValuesAsString("account"));
            }
            outbox.markDelivered(
                    system,
                    claimed.stream()
                            .map(e -> new EventOutbox.Delivered(e, null))
                            .toList());
        }
        return told;
    }

    private List<String> audit() {
        return mapped
                .database()
                .column("SELECT name FROM exeunt.event WHERE name LIKE 'user.era%' ORDER BY id")
                .stream()
                .map(name -> name.replace("user.", ""))
                .toList();
    }

    @Test
    void anErasureWaitsUntilTheSystemHasActedAndIsToldWhereEvenIfRowsAreHidden() {
        ask(AccountFlow.DELETE_ACCOUNT, 1);
        ask(AccountFlow.DELETE_DATA, 2);
        deliver("provider");
        assertThat(reapAfter(Duration.ofDays(8)))
                .as("data alone waits for no system")
                .isEqualTo(new ReapResult(1, 0, 0));
        assertThat(reapAfter(Duration.ofMinutes(9))).isEqualTo(new ReapResult(0, 0, 0));
        assertThat(deliver("provider"))
                .containsExactlyInAnyOrder("erasure_starting[account-1]", "data_erased[account-2]");
        assertThat(reapAfter(Duration.ZERO)).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(deliver("provider")).containsExactly("erased[account-1]");
        assertThat(deliver("bot")).containsExactly("erased[]");
        assertThat(notAwaited).isEmpty();
        assertThat(audit())
                .containsExactly("erasure_starting", "erasure_started", "erased", "erasure_started", "erased");
    }

    @Test
    void aSystemThatIsAwayHoldsAnErasureUpForItsTimeAlone() {
        ask(AccountFlow.DELETE_ACCOUNT, 1);
        ask(AccountFlow.DELETE_ACCOUNT, 3);
        reapAfter(Duration.ofDays(8));
        assertThat(reapAfter(Duration.ofMinutes(10))).isEqualTo(new ReapResult(2, 0, 0));
        assertThat(notAwaited).containsExactly(2);
        assertThat(audit()).filteredOn("erasure_not_awaited"::equals).hasSize(2);
    }

    @Test
    void aPersonCanStillComeBackWhileTheErasureWaits() {
        ask(AccountFlow.DELETE_ACCOUNT, 1);
        deliver("provider");
        reapAfter(Duration.ofDays(8));
        requests.cancel("1", Actor.SELF, null);
        assertThat(reapAfter(Duration.ofHours(1))).isEqualTo(new ReapResult(0, 0, 0));
        assertThat(deliver("provider")).containsExactly("erasure_starting[account-1]", "cancelled[account-1]");
    }

    @Test
    void aPersonWhomAGuardHoldsBackIsNotToldOf() {
        withGuard();
        ask(AccountFlow.DELETE_ACCOUNT, 1);
        deliver("provider");
        mapped.database().execute("INSERT INTO holds VALUES (1)");
        assertThat(reapAfter(Duration.ofDays(8))).isEqualTo(new ReapResult(0, 1, 0));
        assertThat(deliver("provider")).containsExactly("erasure_blocked[account-1]");
        mapped.database().execute("DELETE FROM holds");
        assertThat(reapAfter(Duration.ofHours(7))).isEqualTo(new ReapResult(0, 0, 0));
        assertThat(deliver("provider")).containsExactly("erasure_starting[account-1]");
        assertThat(reapAfter(Duration.ZERO)).isEqualTo(new ReapResult(1, 0, 0));
    }

    @Test
    void aGuardThatComesWhileTheErasureWaitsEndsItsStart() {
        withGuard();
        ask(AccountFlow.DELETE_ACCOUNT, 1);
        reapAfter(Duration.ofDays(8));
        mapped.database().execute("INSERT INTO holds VALUES (1)");
        assertThat(reapAfter(Duration.ofMinutes(11))).isEqualTo(new ReapResult(0, 1, 0));
        deliver("provider");
        mapped.database().execute("DELETE FROM holds");
        reapAfter(Duration.ofHours(7));
        assertThat(deliver("provider")).containsExactly("erasure_starting[account-1]");
    }

    @Test
    void aLegalHoldThatComesWhileTheErasureWaitsEndsItsStart() {
        ask(AccountFlow.DELETE_ACCOUNT, 1);
        deliver("provider");
        reapAfter(Duration.ofDays(8));
        assertThat(deliver("provider")).containsExactly("erasure_starting[account-1]");
        LegalHold hold = holds.place(NewLegalHold.on("1", "lawsuit"), Actor.staff("kim"));
        assertThat(reapAfter(Duration.ofMinutes(11))).isEqualTo(new ReapResult(0, 0, 0, 1));
        assertThat(deliver("provider")).containsExactly("erasure_held[account-1]");
        holds.release(hold.id(), Actor.staff("kim"), "settled");
        assertThat(reapAfter(Duration.ofHours(1))).isEqualTo(new ReapResult(0, 0, 0));
        assertThat(deliver("provider")).containsExactly("erasure_resumed[]", "erasure_starting[account-1]");
        assertThat(reapAfter(Duration.ZERO)).isEqualTo(new ReapResult(1, 0, 0));
    }

    @Test
    void systemsHearNothingOfTheStartOfAHeldErasure() {
        holds.place(NewLegalHold.on("1", "lawsuit"), Actor.staff("kim"));
        ask(AccountFlow.DELETE_ACCOUNT, 1);
        deliver("provider");
        assertThat(reapAfter(Duration.ofDays(8))).isEqualTo(new ReapResult(0, 0, 0, 1));
        assertThat(deliver("provider")).containsExactly("erasure_held[account-1]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachAttemptAfterAFailureIsToldOfAnew(boolean guarded) {
        if (guarded) {
            withGuard();
        }
        mapped.database().execute("""
                CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
                CREATE TRIGGER no BEFORE DELETE ON people FOR EACH ROW EXECUTE FUNCTION no();
                """);
        requests = requests();
        ask(AccountFlow.DELETE_ACCOUNT, 1);
        deliver("provider");
        clock.advance(Duration.ofDays(8));
        for (int attempt = 1; attempt <= 5; attempt++) {
            assertThat(reapAfter(Duration.ofHours(3))).isEqualTo(new ReapResult(0, 0, 0));
            assertThat(deliver("provider")).contains("erasure_starting[account-1]");
            assertThat(reapAfter(Duration.ZERO)).isEqualTo(new ReapResult(0, 0, 1));
        }
        assertThat(deliver("provider")).containsExactly("erasure_failed[]");
        mapped.database().execute("DROP TRIGGER no ON people");
        requests = requests();
        requests.retry("1", Actor.staff("ann"), "there is no trigger now");
        assertThat(reapAfter(Duration.ZERO)).isEqualTo(new ReapResult(0, 0, 0));
        assertThat(deliver("provider")).contains("erasure_starting[account-1]");
        assertThat(reapAfter(Duration.ZERO)).isEqualTo(new ReapResult(1, 0, 0));
    }
}
