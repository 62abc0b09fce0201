package dev.exeunt.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.testkit.RequestGateway;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that a function in SQL acts for its caller alone, whatever the call claims and whatever the session holds. */
class EntryProtectionTest extends EntryTestCase {

    private static final List<String> CALLS = List.of(
            "exeunt.status()",
            "exeunt.cancel()",
            "exeunt.request_export()",
            "exeunt.request_deletion('delete-account', 'anna@x.test')");

    @Test
    void aCallWithoutFitClaimsIsRefused() {
        for (String claims : new String[] {
            null,
            "",
            " ",
            "{}",
            "[]",
            "null",
            "1",
            "\"1\"",
            "{\"sub\": null}",
            "{\"sub\": \"\"}",
            "{\"sub\": \" 1\"}",
            "{\"sub\": \"01\"}",
            "{\"sub\": \"+1\"}",
            "{\"sub\": \"1.0\"}",
            "{\"sub\": [1]}",
            "{\"sub\": {\"a\": 1}}",
            "{\"sub\": \"99\"}",
            "{\"sub\": \"anna\"}",
            "{\"sub\": \"email:anna@x.test\"}",
            "{\"sub\": \"1 OR TRUE\"}",
            "{\"sub\": \"99999999999999999999999\"}",
            "{\"SUB\": \"1\"}",
            "{\"sub\": \"1\"",
            "{\"sub\": \"1\\u0000\"}"
        }) {
            for (String call : CALLS) {
                refused("28000", () -> gateway.callWithClaims(claims, call));
            }
        }
    }

    @Test
    void aRefusalNamesNobody() {
        for (String sub : List.of("kim-7341", "73417341")) {
            for (String call : CALLS) {
                assertThat(message(() -> gateway.call(sub, call))).doesNotContain("7341");
            }
        }
        assertThat(message(() -> gateway.call("1", "exeunt.request_deletion('delete-account', 'kim@y.test')")))
                .doesNotContain("kim@", "nna")
                .contains("type your email");
    }

    /** With detail, hint and context. */
    private static String message(Call call) {
        try {
            call.run();
            return "nothing";
        } catch (SQLException e) {
            return ((org.postgresql.util.PSQLException) e).getServerErrorMessage() + " " + e.getMessage();
        }
    }

    @Test
    void aNumberInTheClaimsIsAKeyToo() throws SQLException {
        assertThat(gateway.callWithClaims("{\"sub\": 1}", "exeunt.status()")).contains("\"gate\"");
    }

    @Test
    void nobodySeesWhatAnotherAskedFor() throws SQLException {
        gateway.call("1", "exeunt.request_deletion('delete-account', 'anna@x.test')");
        gateway.call("1", "exeunt.request_export()");
        assertThat(status("2").path("waiting")).isEmpty();
        refused("PT410", () -> json("2", "exeunt.cancel()"));
        requests.carryOutSqlRequests();
        assertThat(status("2").path("open")).isEmpty();
        refused("PT410", () -> json("2", "exeunt.cancel()"));
        assertThat(requests.status("2").requests()).isEmpty();
    }

    @Test
    void onlyTheCallersMayCallAndNothingElse() throws SQLException {
        guilds.database().execute("GRANT CREATE ON SCHEMA public TO " + RequestGateway.callerOf(guilds.database()));
        String other = guilds.database().createRole("other_" + guilds.database().databaseName());
        guilds.database().execute("GRANT USAGE ON SCHEMA exeunt TO " + other);
        try (Connection connection = guilds.database().connectionAs(other);
                Statement statement = connection.createStatement()) {
            statement.execute("SET request.jwt.claims = '{\"sub\": \"1\"}'");
            for (String call : CALLS) {
                assertThat(state(() -> statement.execute("SELECT " + call)))
                        .as(call)
                        .isEqualTo("42501");
            }
        }
        for (String inner : List.of(
                "exeunt.caller_claims()",
                "exeunt.caller_key()",
                "exeunt.lock_caller()",
                "exeunt.gate(2)",
                "exeunt.gate(2, 'person')",
                "(SELECT count(*) FROM exeunt.request)",
                "(SELECT count(*) FROM exeunt.sql_request)")) {
            refused("42501", () -> gateway.call("1", inner));
        }
    }

    private static String state(Call call) {
        try {
            call.run();
            return "none";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    /** Default privileges grant every new function to everybody, as Supabase's do in some schemas. */
    @Test
    void defaultPrivilegesAndEarlierCallersAreTakenBack() {
        String other = guilds.database().createRole("other_" + guilds.database().databaseName());
        guilds.database()
                .execute("DROP FUNCTION exeunt.status();"
                        + " ALTER DEFAULT PRIVILEGES IN SCHEMA exeunt GRANT EXECUTE ON FUNCTIONS TO " + other
                        + "; GRANT EXECUTE ON FUNCTION exeunt.cancel() TO " + other);
        requests = offering(GuildTestApplication.MAP, "");
        assertThat(guilds.database()
                        .column("SELECT p.proname::text FROM pg_proc p CROSS JOIN aclexplode(p.proacl) a"
                                + " JOIN pg_roles r ON r.oid = a.grantee WHERE r.rolname = '" + other + "'"))
                .isEmpty();
        guilds.database()
                .execute("ALTER DEFAULT PRIVILEGES IN SCHEMA exeunt REVOKE EXECUTE ON FUNCTIONS FROM " + other);
    }

    /** Who may use the schema by a grant of its own goes on asking the gate. */
    @Test
    void theGateStaysForRolesOfTheApplication() throws SQLException {
        String other = guilds.database().createRole("other_" + guilds.database().databaseName());
        guilds.database()
                .execute("GRANT EXECUTE ON FUNCTION exeunt.gate(bigint), exeunt.gate(bigint, text) TO PUBLIC;"
                        + " GRANT USAGE ON SCHEMA exeunt TO " + other);
        requests = offering(GuildTestApplication.MAP, "");
        try (Connection connection = guilds.database().connectionAs(other);
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT state FROM exeunt.gate(1)")).isTrue();
        }
        refused("42501", () -> gateway.call("1", "exeunt.gate(1)"));
        guilds.exeunt()
                .requests(dev.exeunt.Exeunt.readMap(GuildTestApplication.MAP, "exeunt.yaml"))
                .makeSqlFunctions();
        assertThat(guilds.database()
                        .column(
                                "SELECT proname::text FROM pg_proc WHERE proname IN ('status', 'cancel', 'request_export',"
                                        + " 'request_deletion', 'caller_key', 'caller_claims', 'lock_caller')"))
                .as("dropped where the map offers none")
                .isEmpty();
    }

    @Test
    void noPathAndNoTemporaryObjectChangesWhatAFunctionDoes() throws SQLException {
        String caller = RequestGateway.callerOf(guilds.database());
        guilds.database().execute("CREATE SCHEMA evil AUTHORIZATION " + caller);
        Connection connection = gateway.connection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE " + caller);
            statement.execute("""
                    CREATE FUNCTION evil.lower(text) RETURNS text LANGUAGE sql AS 'SELECT ''anna@x.test''';
                    CREATE FUNCTION evil.btrim(text, text) RETURNS text LANGUAGE sql AS 'SELECT ''anna@x.test''';
                    CREATE FUNCTION evil.current_setting(text, boolean) RETURNS text LANGUAGE sql AS 'SELECT ''{"sub": "1"}''';
                    CREATE FUNCTION evil.differ(text[], text[]) RETURNS boolean LANGUAGE sql AS 'SELECT FALSE';
                    CREATE OPERATOR evil.<> (LEFTARG = text[], RIGHTARG = text[], FUNCTION = evil.differ)""");
            statement.execute("CREATE TEMP TABLE people (id bigint, email text)");
            statement.execute("INSERT INTO people VALUES (1, 'kim@y.test'), (77, 'kim@y.test')");
            statement.execute("CREATE TEMP TABLE request AS SELECT 1 AS subject");
            statement.execute(
                    "CREATE FUNCTION pg_temp.lower(text) RETURNS text LANGUAGE sql AS 'SELECT ''anna@x.test'''");
            statement.execute("SET search_path = evil, pg_temp, exeunt, public, pg_catalog");
        }
        refused("PT422", () -> json("1", "exeunt.request_deletion('delete-account', 'kim@y.test')"));
        refused("28000", () -> gateway.call("77", "exeunt.status()"));
        refused("28000", () -> gateway.callWithClaims("{}", "exeunt.status()"));
        refused("28000", () -> gateway.call("01", "exeunt.status()"));
        assertThat(json("1", "exeunt.request_deletion('delete-account', 'anna@x.test')")
                        .path("state")
                        .asString())
                .isEqualTo("waiting");
    }

    @Test
    void anExpressionOfTheMapTellsTheCaller() throws SQLException {
        guilds.database()
                .execute("CREATE FUNCTION app_user() RETURNS bigint LANGUAGE sql STABLE AS"
                        + " $$SELECT nullif(pg_catalog.current_setting('app.person', true), '')::bigint -- theirs$$");
        requests = offering(GuildTestApplication.MAP, ", caller: \"app_user() -- theirs\"");
        refused("28000", () -> gateway.call("1", "exeunt.status()"));
        Connection connection = gateway.connection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET app.person = '1'; SET search_path = pg_temp");
            connection.commit();
        }
        assertThat(gateway.callWithClaims(null, "exeunt.status()")).contains("\"gate\"");
    }
}
