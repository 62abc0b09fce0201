package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.erase.Residue.ResidueVerdict;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server disables and removes users of a real Keycloak that was set up as docs/guides/identity-provider.md says. The map erases Keycloak's
 * own database while its cache holds the users.
 */
@Timeout(600)
class KeycloakConnectorTest {

    private static final String USERS = "/admin/realms/" + Keycloak.REALM + "/users/";
    private static final String KEY = "8899aabbccddeeff00112233445566778899aabbccddeeff0011223344556677";

    private static final String FLOWS = """

            flows:
              deactivate: { grace: 30d }
              delete-account: { grace: 0d }
            external:
              identity-provider: { deadline: 7d, before-erasure: 10min }
            """;

    private static final String SETTINGS = """
            exeunt:
              map: "%s"
              key: %s
              archive: { directory: "%s" }
              database: { url: "%s", user: "%s", password: "%s" }
              jwt: { secret: "a secret of the application that is long enough" }
              external:
                identity-provider:
                  private-address: true
                  keycloak: { url: "%s", realm: shop, client-id: exeunt, client-secret: "%s" }
            """;

    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static Keycloak keycloak;
    private static KeycloakApi api;
    private static Exeunt exeunt;
    private static DataMap map;
    private static AccountRequests requests;
    private static ServerProcess server;
    private static Path config;
    private static String secret;

    @BeforeAll
    static void follow() throws Exception {
        TestSkip.unless(
                Boolean.getBoolean("exeunt.field"),
                "it needs a Keycloak of 150 MB, which ./test --field takes from Maven Central");
        database = TestDatabase.create();
        keycloak = Keycloak.startOn(database, folder);
        api = new KeycloakApi(keycloak.address());
        api.create("/admin/realms", Keycloak.GUIDE_REALM);
        keycloak.run("kcadm.sh config credentials --server " + keycloak.address() + " --realm master --user admin");
        secret = value(keycloak.run(guide()));
        keycloak.run("kcadm.sh add-roles -r shop --uusername service-account-exeunt --cclientid realm-management"
                + " --rolename manage-realm");
        String yaml;
        try (var file = Objects.requireNonNull(KeycloakConnectorTest.class.getResourceAsStream("keycloak.yaml"))) {
            yaml = new String(file.readAllBytes(), StandardCharsets.UTF_8) + FLOWS;
        }
        Path mapFile = Files.writeString(folder.resolve("exeunt.yaml"), yaml);
        config = settings(mapFile, secret);
        server = ServerProcess.start(
                ServerProcess.ProcessConditions.usual(folder), "--config", config.toString(), "--port", "0");
        server.port();
        exeunt = Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                .key(HashKey.ofHex(KEY))
                .build();
        map = Exeunt.readMap(mapFile);
        requests = exeunt.requests(map);
    }

    private static String guide() throws Exception {
        Matcher block = Pattern.compile("^```sh\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../docs/guides/identity-provider.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static String value(String json) {
        Matcher value = Pattern.compile("\"value\" : \"([^\"]+)\"").matcher(json);
        assertThat(value.find()).as(json).isTrue();
        return value.group(1);
    }

    private static Path settings(Path mapFile, String secret) throws Exception {
        return Files.writeString(
                folder.resolve("server-" + secret.hashCode() + ".yaml"),
                SETTINGS.formatted(
                        mapFile,
                        KEY,
                        folder.resolve("exports"),
                        database.jdbcUrl(),
                        database.user(),
                        database.password(),
                        keycloak.address(),
                        secret));
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {server, keycloak, database}) {
            if (each != null) {
                each.close();
            }
        }
    }

    private static HttpResponse<String> signIn(String user) throws Exception {
        return api.tokens(
                Keycloak.REALM,
                "",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "shop-web",
                        "username",
                        user,
                        "password",
                        KeycloakSignIn.password(user)));
    }

    private static int refresh(String token) throws Exception {
        return api.tokens(
                        Keycloak.REALM,
                        "",
                        Map.of("grant_type", "refresh_token", "client_id", "shop-web", "refresh_token", token))
                .statusCode();
    }

    private static boolean isRefused(String user) throws Exception {
        return signIn(user).statusCode() != 200;
    }

    /** Asks until it is so; the server tells Keycloak in the background. */
    private static void await(Callable<Boolean> so) throws Exception {
        while (!so.call()) {
            Thread.onSpinWait(); // the test's time limit ends it
        }
    }

    private static ObjectNode user(String id) throws Exception {
        ObjectNode user = (ObjectNode) api.get(USERS + id);
        user.remove("notBefore"); // the moment of the sign-out
        return user;
    }

    private static String refreshToken(String user) throws Exception {
        return KeycloakApi.json(signIn(user)).get("refresh_token").asString();
    }

    @Test
    void aPersonIsDisabledEnabledAgainDisabledBeforeTheErasureAndRemoved() throws Exception {
        String id = keycloak.id("anna");
        ObjectNode before = user(id);
        String token = refreshToken("anna");
        assertThat(refresh(token)).isEqualTo(200);

        requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, id));
        await(() -> isRefused("anna"));
        await(() -> refresh(token) != 200);
        requests.reactivate(id, Actor.SELF, null);
        await(() -> !isRefused("anna"));
        assertThat(user(id)).as("nothing else is changed").isEqualTo(before);

        requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, id));
        requests.eraseDue("test");
        await(() -> isRefused("anna"));
        await(() -> {
            requests.eraseDue("test");
            return answer("user.erased") != null;
        });
        assertThat(isRefused("anna")).isTrue();
        assertThat(api.status(USERS + id)).isEqualTo(404);
        assertThat(exeunt.verify(map, List.of(id), List.of("anna@x.test")).verdict())
                .as("the cache has written no row back")
                .isEqualTo(ResidueVerdict.NOTHING_LEFT);
        assertThat(database.column("SELECT name FROM exeunt.event WHERE name LIKE 'user.era%' ORDER BY id"))
                .containsExactly("user.erasure_starting", "user.erasure_started", "user.erased");
        assertThat(database.scalar("SELECT count(*) FROM exeunt.disabled_account"))
                .isEqualTo("0");
        System.out.println("answered: " + answer("user.erased"));
    }

    private static String answer(String type) {
        List<String> answers = database.column("SELECT d.answer FROM exeunt.delivery AS d JOIN exeunt.outbox AS o ON"
                + " o.id = d.event WHERE o.name = '" + type + "' AND d.answer IS NOT NULL");
        return answers.isEmpty() ? null : answers.get(0);
    }

    @Test
    void aUserWhomStaffHaveBannedStaysBanned() throws Exception {
        String id = keycloak.id("sam");
        api.send("PUT", USERS + id, "{\"enabled\": false}");
        requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, id));
        requests.reactivate(id, Actor.SELF, null);
        await(() -> database.scalar(
                        "SELECT count(*) FROM exeunt.delivery AS d JOIN exeunt.outbox AS o ON o.id = d.event"
                                + " WHERE o.name = 'user.reactivated' AND d.state = 'delivered' AND o.request ="
                                + " (SELECT id FROM exeunt.request WHERE subject = ARRAY['" + id + "'])")
                .equals("1"));
        assertThat(isRefused("sam")).isTrue();
    }

    @Test
    void theCheckOfTheConnectorTellsRightFromWrong() throws Exception {
        assertThat(check(config)).startsWith("0 identity-provider").contains("may clear the cache of users");
        assertThat(check(settings(folder.resolve("exeunt.yaml"), "a wrong secret")))
                .startsWith("1 identity-provider")
                .contains("wrong   Failed: token-401. Keycloak refuses the client.")
                .doesNotContain("a wrong secret");
    }

    private static String check(Path settings) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConnectorMain.class.getName(),
                        "test",
                        "--config",
                        settings.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }
}
