package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People and staff sign in with a real Keycloak that was set up as docs/guides/behind-keycloak.md says, word for word. */
@Timeout(600)
class BehindKeycloakTest {

    private static final String PROVIDER = "https://id.example.org";

    private static final String SCHEMA = """
            CREATE TABLE customer (keycloak_id uuid PRIMARY KEY, name text NOT NULL);
            CREATE TABLE letter (id bigint PRIMARY KEY, customer uuid NOT NULL REFERENCES customer, body text NOT NULL);
            CREATE INDEX letter_customer ON letter (customer);
            """;

    private static final String MAP = """
            version: 1
            subject: { table: customer, key: keycloak_id }
            flows: { delete-account: { grace: 30d } }
            tables:
              customer: { erase: delete }
              letter: { subject: customer, erase: delete }
            """;

    /** What the guide leaves to docs/guides/any-language.md. */
    private static final String OWN = """
              map: "%s"
              key: 8899aabbccddeeff00112233445566778899aabbccddeeff0011223344556677
              archive: { directory: "%s" }
              database: { url: "%s", user: "%s", password: "%s" }
            """;

    @TempDir
    static Path folder;

    private static Keycloak keycloak;
    private static TestDatabase database;
    private static String settings;
    private static ServerProcess server;
    private static int port;
    private static KeycloakSignIn shop;

    @BeforeAll
    static void follow() throws Exception {
        TestSkip.unless(
                Boolean.getBoolean("exeunt.field"),
                "it needs a Keycloak of 150 MB, which ./test --field takes from Maven Central");
        String guide = Files.readString(Path.of("../docs/guides/behind-keycloak.md"));
        keycloak = Keycloak.start(folder);
        keycloak.run(String.join("\n", blocks(guide, "sh")).replace(PROVIDER, keycloak.address()));
        database = TestDatabase.createFrom(SCHEMA);
        database.execute("INSERT INTO customer VALUES ('" + keycloak.id("anna") + "', 'Anna')");
        settings = blocks(guide, "yaml").get(0).replace(PROVIDER, keycloak.address());
        server = serve("sub", settings, MAP, database);
        port = server.port();
        shop = new KeycloakSignIn(keycloak.issuer(), "shop-web");
    }

    private static ServerProcess serve(String name, String given, String map, TestDatabase database) throws Exception {
        return serve(name, given, map, database, 0);
    }

    private static ServerProcess serve(String name, String given, String map, TestDatabase database, int port)
            throws Exception {
        Path file = Files.writeString(folder.resolve(name + ".map.yaml"), map);
        String own = OWN.formatted(
                file, folder.resolve(name + "-exports"), database.jdbcUrl(), database.user(), database.password());
        Path config = Files.writeString(folder.resolve(name + ".yaml"), given + own);
        return ServerProcess.start(
                ServerProcess.ProcessConditions.usual(folder), "--config", config.toString(), "--port", "" + port);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {server, database, keycloak}) {
            if (each != null) {
                each.close();
            }
        }
    }

    private static List<String> blocks(String page, String language) {
        return Pattern.compile("^```" + language + "\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    private static HttpResponse<String> send(String method, String path, String token, String json) throws Exception {
        return send(method, URI.create("http://127.0.0.1:" + port + path), token, json);
    }

    private static HttpResponse<String> send(String method, URI address, String token, String json) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String access(JsonNode tokens) {
        return tokens.get("access_token").asString();
    }

    private static String problem(HttpResponse<String> answer) {
        return answer.statusCode() + " " + json(answer).path("type").asString().replace("urn:exeunt:problem:", "");
    }

    @Test
    void theServerIsReadyByKeycloaksDocument() throws Exception {
        HttpResponse<String> readiness = send("GET", "/health/readiness", "", "");
        assertThat(readiness.statusCode()).as(readiness.body()).isEqualTo(200);
        assertThat(json(readiness).at("/components/identityProvider/status").asString())
                .isEqualTo("UP");
    }

    @Test
    void aPersonSignsInWithABrowserAndLeaves() throws Exception {
        String anna = access(shop.browser("anna"));
        assertThat(json(send("GET", "/account", anna, "")).get("state").asString())
                .isEqualTo("allowed");
        assertThat(json(send("GET", "/account/preview?flow=delete-account", anna, ""))
                        .get("type")
                        .isNull())
                .as("auth_time tells the sign-in")
                .isTrue();
        assertThat(send("POST", "/account/deletion", anna, "{}").statusCode()).isEqualTo(202);
        assertThat(send("POST", "/account/cancellation", anna, "{}").statusCode())
                .isEqualTo(200);
        HttpResponse<String> staff = send("GET", "/account/admin/requests", anna, "");
        assertThat(problem(staff)).isEqualTo("403 forbidden");
        assertThat(json(staff).get("claim").asString()).isEqualTo("realm_access.roles");
    }

    @Test
    void aPersonWhoseTokenHasNoAuthTimeTypesAConfirmation() throws Exception {
        String anna = access(shop.direct("anna"));
        assertThat(problem(send("POST", "/account/deletion", anna, "{}"))).isEqualTo("422 unconfirmed");
        assertThat(send("POST", "/account/deletion", anna, "{\"confirm\": \"delete-account\"}")
                        .statusCode())
                .isIn(200, 202);
        assertThat(send("POST", "/account/cancellation", anna, "{}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void staffSignInAndAreNamedInTheAuditLog() throws Exception {
        String sam = access(shop.browser("sam"));
        assertThat(send("GET", "/account/admin/requests", sam, "").statusCode()).isEqualTo(200);
        String export = "/account/admin/" + keycloak.id("anna") + "/export";
        assertThat(send("POST", export, sam, "{\"reason\": \"a letter\"}").statusCode())
                .isEqualTo(202);
        assertThat(database.column("SELECT name FROM exeunt.event WHERE actor = 'staff:sam' ORDER BY id"))
                .containsExactly("user.staff_called", "user.staff_called", "user.data_export_requested");
        assertThat(problem(send("GET", "/account", sam, "")))
                .as("sam is no customer")
                .isEqualTo("401 unauthenticated");
    }

    @Test
    void noOtherTokenOfTheRealmIsGood() throws Exception {
        JsonNode anna = shop.browser("anna");
        for (String other : List.of("id_token", "refresh_token")) {
            assertThat(problem(send("GET", "/account", anna.get(other).asString(), "")))
                    .as(other)
                    .isEqualTo("401 unauthenticated");
        }
        String elsewhere = access(new KeycloakSignIn(keycloak.issuer(), "elsewhere").browser("anna"));
        assertThat(problem(send("GET", "/account", elsewhere, "")))
                .as("issued to a client that is none of Exeunt's")
                .isEqualTo("401 unauthenticated");
    }

    @Test
    void aKeyOfTheShopIsAnAttributeThatThePersonCannotChange() throws Exception {
        keycloak.run("kcadm.sh add-roles -r shop --uusername anna --rolename default-roles-shop");
        String other = """
                {"username": "anna", "email": "anna@x.test", "firstName": "Anna", "lastName": "A",
                 "attributes": {"customer_id": ["2"]}}
                """;
        URI profile = URI.create(keycloak.issuer() + "/account/");
        assertThat(send("POST", profile, access(shop.direct("anna")), other).body())
                .contains("error-user-attribute-read-only");
        try (TestDatabase numbered = TestDatabase.createFrom("""
                        CREATE TABLE customer (id bigint PRIMARY KEY, name text NOT NULL);
                        INSERT INTO customer VALUES (1, 'Anna'), (2, 'Ben');
                        """);
                ServerProcess own = serve(
                        "attribute",
                        settings.replace("subject-claim: sub ", "subject-claim: customer_id "),
                        "version: 1\nsubject: { table: customer, key: id }\nflows: { delete-account: { grace: 30d } }\n"
                                + "tables: { customer: { erase: delete } }\n",
                        numbered)) {
            URI deletion = URI.create("http://127.0.0.1:" + own.port() + "/account/deletion");
            assertThat(send("POST", deletion, access(shop.browser("anna")), "{}")
                            .statusCode())
                    .isEqualTo(202);
            assertThat(numbered.column("SELECT subject[1] FROM exeunt.request")).containsExactly("1");
        }
    }

    @Test
    void thePageSignsAPersonInAsItsGuideSays() throws Exception {
        String guide = Files.readString(Path.of("../docs/guides/sign-in.md"));
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        String address = "http://127.0.0.1:" + free + "/account";
        keycloak.run(blocks(guide, "sh").get(0).replace("https://shop.example/account", address));
        String signIn =
                blocks(guide, "yaml").get(0).replace("exeunt:\n", "").replace("https://shop.example/account", address);
        try (ServerProcess page = serve("page", settings + signIn, MAP, database, free)) {
            assertThat(page.port()).isEqualTo(free);
            HttpClient browser = HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            HttpResponse<String> begun = get(browser, address + "/sign-in?again=true");
            String back = shop.answered(begun.headers().firstValue("Location").orElseThrow(), "anna");
            assertThat(get(browser, back).headers().firstValue("Location")).hasValue(address + "/page#sign-in=done");
            HttpResponse<String> entered = browser.send(
                    HttpRequest.newBuilder(URI.create(address + "/sign-in"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(entered.statusCode()).as(entered.body()).isEqualTo(200);
            assertThat(json(get(browser, address)).get("state").asString()).isEqualTo("allowed");
            assertThat(json(get(browser, address + "/preview?flow=delete-account"))
                            .get("type")
                            .isNull())
                    .as("auth_time of the ID token tells the sign-in")
                    .isTrue();
        }
    }

    private static HttpResponse<String> get(HttpClient browser, String address) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
