package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** Who is let in, and from which moment on. */
class GateTest extends GuildTestCase {

    @Test
    void loginIsBlockedForTwentyFourHoursToTheSecondAndTheReturnIsOpenMeanwhile() {
        Request request = deactivate("1");
        Instant until = request.requestedAt().plus(DAY);
        assertThat(requests.gate("1", null)).isEqualTo(new GateDecision(GateDecision.GateState.BLOCKED, until));
        guilds.clock().set(until.minus(SECOND));
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.BLOCKED);
        guilds.clock().set(until);
        assertThat(requests.gate("1", null))
                .isEqualTo(new GateDecision(GateDecision.GateState.DEACTIVATED, request.dueAt()));
        requests.reactivate("1", Actor.SELF, null);
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.ALLOWED);
    }

    @Test
    void underAnotherKeyNobodyIsLetInWhoMayHaveBeenErased() {
        Request request = deactivate("4");
        guilds.clock().set(request.dueAt());
        requests.eraseDue("w");
        guilds.database().execute("UPDATE exeunt.erased SET key_id = 'ffffffff'");
        assertThatThrownBy(() -> requests.gate("1", null)).hasMessageContaining("under the key ffffffff");
    }

    @Test
    void anotherKeyIsTakenOnceTheRecordOfErasuresIsEmpty() {
        Request request = deactivate("4");
        guilds.clock().set(request.dueAt());
        requests.eraseDue("w");
        guilds.database().execute("UPDATE exeunt.erased SET key_id = 'ffffffff'");
        assertThatThrownBy(() -> requests.requireKey()).hasMessageContaining("under the key ffffffff");
        guilds.database().execute("DELETE FROM exeunt.erased");
        requests.requireKey();
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.ALLOWED);
    }

    @Test
    void theGatesFunctionSaysTheSameWithoutTheKeyAsFarAsTheRowTells() {
        requests.makeGateFunction();
        requests.makeGateFunction();
        Request request = deactivate("1");
        deleteData("4");
        for (Instant at :
                List.of(GuildTestApplication.START, request.requestedAt().plus(DAY))) {
            guilds.clock().set(at);
            for (String key : List.of("1", "2", "4", "99")) {
                GateDecision gate = requests.gate(key, null);
                assertThat(gateBySql(key)).isEqualTo(gate.state().word() + " " + gate.until());
            }
        }
        guilds.clock().set(request.dueAt());
        requests.eraseDue("w");
        assertThat(gateBySql("1"))
                .as("the map writes no moment into the row that stays")
                .isEqualTo("allowed null");
        String marking = GuildTestApplication.MAP.replace(
                "name: null, bio: null }", "name: null, bio: null, gone_at: \"{now}\" }");
        AccountRequests marked = guilds.requests(marking);
        marked.makeGateFunction();
        Request second = marked.submit(NewRequest.staff(AccountFlow.DELETE_ACCOUNT, "2", "kim", "asked by mail")
                .overriding());
        guilds.clock().set(second.dueAt());
        assertThat(marked.eraseDue("w").erased()).isEqualTo(1);
        assertThat(gateBySql("2")).isEqualTo("erased null");
    }

    @Test
    void theGatesFunctionTakesTheKindOfSubjectToo() {
        requests.makeGateFunction();
        guilds.database().execute("CREATE VIEW gate_of_anna AS SELECT state FROM exeunt.gate(1)");
        requests.makeGateFunction(); // what depends on the function of one argument stays
        deactivate("1");
        for (String key : List.of("1", "2", "99")) {
            assertThat(gateBySql(key + ", 'person'")).isEqualTo(gateBySql(key));
            assertThat(gateBySql(key + ", 'company'")).isEqualTo("erased null");
            assertThat(gateBySql(key + ", NULL")).isEqualTo("erased null");
        }
        assertThat(guilds.database().scalar("SELECT state FROM gate_of_anna")).isNotEqualTo("allowed");
    }

    @Test
    void aFunctionForAnEarlierTypeOfTheKeyIsDropped() {
        guilds.database()
                .execute("CREATE FUNCTION exeunt.gate(uuid) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';"
                        + "CREATE FUNCTION exeunt.gate(uuid, text) RETURNS text LANGUAGE sql AS 'SELECT NULL::text'");
        requests.makeGateFunction();
        assertThat(guilds.database()
                        .column("SELECT pg_get_function_identity_arguments(oid) FROM pg_proc"
                                + " WHERE proname = 'gate' AND pronamespace = 'exeunt'::regnamespace"))
                .hasSize(2)
                .noneMatch(arguments -> arguments.contains("uuid"));
    }

    @Test
    void whoeverIsNamedInAnotherSpellingOfTheSameKeyIsTheSamePerson() {
        guilds.database()
                .execute("CREATE TABLE payers (account numeric PRIMARY KEY, email text);"
                        + " INSERT INTO payers VALUES (7.0, 'anna@x.test'), (8.0, 'ben@x.test')");
        AccountRequests payers = guilds.requests("""
                version: 1
                subject: { table: payers, key: account, identifiers: [email] }
                flows: { deactivate: { grace: 30d, login-block: 24h } }
                tables:
                  payers:
                    scope: account
                    erase: { anonymize: { email: null } }
                    hide: { set: { email: "hidden-{key}@erased.invalid" } }
                not-personal: { people: t, sessions: t, guilds: t, members: t, posts: t, likes: t, mails: t }
                """);
        payers.makeGateFunction();
        Request request = payers.submit(NewRequest.self(AccountFlow.DEACTIVATE, "7"));
        for (String spelling : List.of("7", "7.0", "7.00")) {
            assertThat(payers.gate(spelling, null).state()).isEqualTo(GateDecision.GateState.BLOCKED);
            assertThat(payers.status(spelling).requests()).containsExactly(request);
            assertThat(gateBySql(spelling)).startsWith("blocked");
        }
        assertThat(payers.gate("8", null).state()).isEqualTo(GateDecision.GateState.ALLOWED);
        guilds.clock().set(request.dueAt());
        assertThat(payers.eraseDue("w").erased()).isEqualTo(1);
        assertThat(payers.gate("7", null).state()).isEqualTo(GateDecision.GateState.ERASED);
    }

    /** An extension's type, an enum and a domain: the function's own path does not hold their schemas. */
    @Test
    void theGatesFunctionComparesAsTheKeysTypeDoes() {
        guilds.database()
                .execute("CREATE EXTENSION citext; CREATE TYPE kind AS ENUM ('gold', 'iron');"
                        + " CREATE DOMAIN handle AS citext; CREATE TABLE payers (kind kind, name handle, email text, PRIMARY KEY (kind, name));"
                        + " INSERT INTO payers VALUES ('gold', 'Anna', 'anna@x.test'), ('iron', 'Anna', 'ben@x.test')");
        AccountRequests payers = guilds.requests("""
                version: 1
                subject: { table: payers, key: [kind, name], identifiers: [email] }
                flows: { deactivate: { grace: 30d } }
                tables:
                  payers:
                    scope: account
                    erase: { anonymize: { email: null } }
                    hide: { set: { email: "hidden-{key}@erased.invalid" } }
                not-personal: { people: t, sessions: t, guilds: t, members: t, posts: t, likes: t, mails: t }
                """);
        payers.makeGateFunction();
        payers.submit(NewRequest.self(AccountFlow.DEACTIVATE, "gold,anna"));
        for (String name : List.of("Anna", "anna", "ANNA")) {
            for (String kind : List.of("gold", "iron")) {
                assertThat(payers.gate(kind + "," + name, null).state())
                        .isEqualTo(
                                kind.equals("gold")
                                        ? GateDecision.GateState.DEACTIVATED
                                        : GateDecision.GateState.ALLOWED);
                assertThat(gateBySql("'" + kind + "', '" + name + "'"))
                        .startsWith(kind.equals("gold") ? "deactivated" : "allowed");
            }
        }
        assertThat(gateBySql("'gold', 'ben'")).startsWith("erased");
    }

    /** A person whose token was stolen blocks their own sign-in by deactivating. The thief must not be able to lift the block. */
    @Test
    void theLoginBlockHoldsToItsEndAlsoAfterAnEarlyReactivation() {
        requests.makeGateFunction();
        Request request = deactivate("1");
        guilds.clock().advance(Duration.ofHours(1));
        requests.reactivate("1", Actor.SELF, null);
        GateDecision gate = requests.gate("1", null);
        assertThat(gate).isEqualTo(new GateDecision(GateDecision.GateState.BLOCKED, request.loginBlockedUntil()));
        assertThat(requests.status("1").gate()).isEqualTo(gate);
        assertThat(gateBySql("1")).isEqualTo("blocked 2026-03-02T12:00:00Z");
        guilds.clock().set(request.loginBlockedUntil().minus(SECOND));
        assertThat(gateBySql("1")).startsWith("blocked");
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.BLOCKED);
        guilds.clock().set(request.loginBlockedUntil());
        assertThat(gateBySql("1")).isEqualTo("allowed null");
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.ALLOWED);
    }

    @Test
    void theMapMayLiftTheLoginBlockWhenTheRequestIsTakenBack() {
        AccountRequests lifting = guilds.requests(GuildTestApplication.MAP
                .replace("login-block: 24h", "login-block: 24h, lifted-by: reactivation")
                .replace("delete-account: { grace: 14d", "delete-account: { grace: 14d, login-block: 2h"));
        lifting.makeGateFunction();
        lifting.submit(NewRequest.staff(AccountFlow.DEACTIVATE, "1", "kim", "asked by mail")
                .overriding());
        guilds.clock().advance(Duration.ofHours(1));
        Request back = lifting.reactivate("1", Actor.SELF, null).request();
        assertThat(back.loginBlockedUntil()).isEqualTo(guilds.clock().instant());
        assertThat(lifting.gate("1", null).state()).isEqualTo(GateDecision.GateState.ALLOWED);
        assertThat(gateBySql("1")).startsWith("allowed");
        Request leaving = lifting.submit(NewRequest.staff(AccountFlow.DELETE_ACCOUNT, "1", "kim", "asked by mail")
                .overriding());
        lifting.cancel("1", Actor.SELF, null);
        assertThat(lifting.gate("1", null))
                .isEqualTo(new GateDecision(GateDecision.GateState.BLOCKED, leaving.loginBlockedUntil()));
        assertThat(gateBySql("1")).startsWith("blocked");
    }

    @Test
    void whatIsOpenIsShownHoweverMuchIsOver() {
        Request standing = deactivate("1");
        guilds.database()
                .execute(
                        "INSERT INTO exeunt.request (kind, state, subject, requested_at, requested_by, due_at, cancelled_at)"
                                + " SELECT 'delete-data', 'cancelled', '{1}', timestamptz '2026-03-02Z' + n * interval '1 minute', 'self',"
                                + " '2026-04-01Z', '2026-03-03Z' FROM generate_series(1, 300) n");
        List<Request> shown = requests.status("1").requests();
        assertThat(shown).hasSize(101).endsWith(standing);
        assertThat(shown.get(0).requestedAt()).isEqualTo("2026-03-02T05:00:00Z");
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.BLOCKED);
    }

    private String gateBySql(String key) {
        return guilds.database()
                .scalar(
                        "SELECT state || ' ' || coalesce(to_char(until AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), 'null')"
                                + " FROM set_config('exeunt.clock', '"
                                + guilds.clock().instant() + "', true), exeunt.gate(" + key
                                + ")");
    }

    @Test
    void aDayIsTwentyFourHoursAlsoWhereTheClocksAreChanged() {
        TimeZone before = TimeZone.getDefault();
        guilds.database()
                .execute(
                        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = \"Europe/Berlin\"', current_database());"
                                + " END $$");
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
            for (String evening : List.of("2026-03-28T23:30:00Z", "2026-10-24T23:30:00Z")) {
                guilds.reset();
                guilds.clock().set(Instant.parse(evening));
                Request request = deactivate("1");
                Instant nextDay = Instant.parse(evening).plusSeconds(86_400);
                assertThat(request.loginBlockedUntil()).isEqualTo(nextDay);
                assertThat(request.dueAt()).isEqualTo(Instant.parse(evening).plusSeconds(30 * 86_400));
                guilds.clock().set(nextDay.minus(SECOND));
                assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.BLOCKED);
                guilds.clock().set(nextDay);
                assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.DEACTIVATED);
                guilds.clock().set(request.dueAt().minus(SECOND));
                assertThat(requests.eraseDue("w").erased()).isZero();
                guilds.clock().set(request.dueAt());
                assertThat(requests.eraseDue("w").erased()).isEqualTo(1);
                assertThat(guilds.database()
                                .column("SELECT count(*)::text FROM exeunt.request WHERE erased_at = '"
                                        + request.dueAt() + "'"))
                        .containsExactly("1");
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
