package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who gets which answer from which call. A call that is not in the table fails the test. */
class AccessTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("guild-platform");

    private static final String OWNER = "1001";
    private static final String OTHER = "1002";
    private static final String AWAY = "1003";
    private static final String ERASED = "1004";
    private static final String ADMIN = "1008";

    /** In this order: no token, a bad one, an expired one, somebody else, deactivated, erased, the application, an admin. */
    private static final String TABLE = """
            GET    /account                                   401 401 401 200 200 401 401 200
            DELETE /account                                   401 401 401 404 404 401 401 404
            GET    /account/preview                           401 401 401 422 422 401 401 422
            GET    /account/data                              401 401 401 200 200 401 401 200
            POST   /account/data-deletion                     401 401 401 409 403 401 401 422
            POST   /account/deactivation                      401 401 401 409 200 401 401 422
            POST   /account/deletion                          401 401 401 404 404 401 401 404
            POST   /account/cancellation                      401 401 401 409 409 401 401 409
            POST   /account/reactivation                      401 401 401 409 200 401 401 409
            GET    /account/export                            401 401 401 200 200 401 401 200
            POST   /account/export                            401 401 401 429 429 401 401 429
            GET    /account/export/{id}                       401 401 401 404 404 401 401 404
            DELETE /account/export/{id}                       401 401 401 404 404 401 401 404
            GET    /account/export/{id}/download              401 401 401 404 404 401 401 404
            GET    /account/download/{token}                  404 404 404 404 404 404 404 404
            GET    /account/enter                             401 401 401 401 401 401 401 401
            POST   /account/enter                             401 401 401 401 401 401 401 401
            GET    /account/sign-in                           404 404 404 404 404 404 404 404
            POST   /account/sign-in                           404 404 404 404 404 404 404 404
            GET    /account/sign-in/callback                  404 404 404 404 404 404 404 404
            GET    /account/link                              200 200 200 200 200 200 200 200
            POST   /account/link                              404 404 404 404 404 404 404 404
            POST   /account/external/{system}/answer          401 401 401 401 401 401 401 401
            GET    /account/page                              200 200 200 200 200 200 200 200
            GET    /account/page.css                          200 200 200 200 200 200 200 200
            GET    /account/exeunt.js                         200 200 200 200 200 200 200 200
            GET    /account/receipt/{secret}                  404 404 404 404 404 404 404 404
            GET    /account/receipt/{secret}/file             404 404 404 404 404 404 404 404
            GET    /account/receipt-keys                      200 200 200 200 200 200 200 200
            GET    /account/session                           401 401 401 200 200 401 401 200
            DELETE /account/session                           401 401 401 200 200 401 401 200
            GET    /account/openapi.json                      200 200 200 200 200 200 200 200
            GET    /gate/{subject}                            401 401 401 401 401 401 200 401
            GET    /gate                                      401 401 401 401 401 401 422 401
            GET    /account/admin/requests                    401 401 401 403 403 401 401 200
            GET    /account/admin/holds                       401 401 401 403 403 401 401 200
            POST   /account/admin/holds                       401 401 401 403 403 401 401 422
            POST   /account/admin/holds/{hold}/release        401 401 401 403 403 401 401 422
            GET    /account/admin/systems                     401 401 401 403 403 401 401 200
            GET    /account/admin/systems/{system}/events     401 401 401 403 403 401 401 404
            POST   /account/admin/systems/{system}/events/{event}/resend 401 401 401 403 403 401 401 404
            POST   /account/admin/systems/{system}/events/{event}/close  401 401 401 403 403 401 401 422
            POST   /account/admin/systems/{system}/resend-failed 401 401 401 403 403 401 401 404
            POST   /account/admin/systems/{system}/pause      401 401 401 403 403 401 401 422
            POST   /account/admin/systems/{system}/resume     401 401 401 403 403 401 401 404
            GET    /account/admin/events/{event}              401 401 401 403 403 401 401 404
            GET    /account/admin/{subject}                   401 401 401 403 403 401 401 200
            POST   /account/admin/{subject}/export            401 401 401 403 403 401 401 422
            GET    /account/admin/{subject}/export/{id}       401 401 401 403 403 401 401 200
            GET    /account/admin/{subject}/export/{id}/download 401 401 401 403 403 401 401 404
            POST   /account/admin/{subject}/{flow}            401 401 401 403 403 401 401 422
            POST   /account/admin/{subject}/{back}            401 401 401 403 403 401 401 422
            POST   /account/admin/{subject}/retry             401 401 401 403 403 401 401 422
            """;

    private static final Map<String, String> TOKENS = new LinkedHashMap<>();
    private static String export;

    @BeforeAll
    static void people() {
        Duration good = Duration.ofDays(400);
        TOKENS.put("no token", null);
        TOKENS.put(
                "a bad token",
                SpringTestApplication.signed(
                        "another secret, which is long enough too",
                        OWNER,
                        Map.of(),
                        HOST.clock().instant(),
                        good));
        TOKENS.put("an expired token", HOST.token(OWNER, Map.of(), Duration.ofMinutes(5)));
        TOKENS.put("somebody else", HOST.token(OTHER, Map.of(), good));
        TOKENS.put("deactivated", HOST.token(AWAY, Map.of(), good));
        TOKENS.put("erased", HOST.token(ERASED, Map.of("roles", "admin"), good));
        TOKENS.put("the application", SpringTestApplication.SERVICE);
        TOKENS.put("an admin", HOST.token(ADMIN, Map.of("roles", List.of("admin")), good));
        AccountRequests requests = HOST.bean(AccountRequests.class);
        requests.submit(NewRequest.staff(AccountFlow.DEACTIVATE, ERASED, "test", "to be erased"));
        HOST.clock().advance(Duration.ofDays(31));
        assertThat(requests.eraseDue("test").erased()).isEqualTo(1);
        export = HOST.post("/account/export", HOST.token(OWNER), "{}").at("id");
        assertThat(export).isNotNull();
    }

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static Set<String> calls() {
        Set<String> calls = new TreeSet<>();
        HOST.bean(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, method) -> {
            if (method.getBeanType().getPackageName().startsWith("dev.exeunt.")) {
                for (String path : mapping.getPatternValues()) {
                    mapping.getMethodsCondition()
                            .getMethods()
                            .forEach(m -> calls.add(
                                    m + " " + path.replaceAll(":[^}]*}", "}").replaceAll("/$", "")));
                }
            }
        });
        return calls;
    }

    /** Holds one row of the access table: method, path and expected status by caller. */
    private record AccessRow(String method, String path, List<Integer> expected) {
        static AccessRow of(String line) {
            List<String> words = List.of(line.strip().split("\\s+"));
            return new AccessRow(
                    words.get(0),
                    words.get(1),
                    words.subList(2, words.size()).stream()
                            .map(Integer::valueOf)
                            .toList());
        }

        String concrete() {
            return path.replace("{id}", export)
                    .replace("{token}", "nonsense")
                    .replace("{secret}", "nonsense")
                    .replace("{subject}", OWNER)
                    .replace("{system}", "crm")
                    .replace("{hold}", "00000000-0000-4000-8000-000000000000")
                    .replace("{event}", "00000000-0000-4000-8000-000000000000")
                    .replace("{flow}", "deactivation")
                    .replace("{back}", "cancellation");
        }
    }

    @Test
    void everyCallAnswersEverybodyAsTheTableSays() {
        List<AccessRow> rows = TABLE.lines().map(AccessRow::of).toList();
        Set<String> told = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        for (AccessRow row : rows) {
            told.add(row.method() + " " + row.path());
            int column = 0;
            for (Map.Entry<String, String> who : TOKENS.entrySet()) {
                prepare(who.getKey());
                boolean sends = row.method().equals("POST");
                HttpAnswer answer = HOST.send(row.method(), row.concrete(), who.getValue(), sends ? "{}" : null);
                int expected = row.expected().get(column++);
                boolean problem = answer.status() < 400 || answer.problem() != null;
                if (answer.status() != expected || !problem) {
                    wrong.add(row.method() + " " + row.path() + " by " + who.getKey() + ": " + answer);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(calls()).isEqualTo(told);
    }

    /** Some calls change who somebody is. */
    private static void prepare(String who) {
        if (who.equals("deactivated")) {
            HOST.bean(AccountRequests.class)
                    .submit(new NewRequest(
                            AccountFlow.DEACTIVATE, AWAY, Actor.staff("test"), "x", null, null, false, null));
        }
    }

    @Test
    void nothingIsCachedFramedOrGuessedWhateverTheAnswer() {
        for (String path : List.of("/account", "/account/nothing", "/gate/1001", "/account/openapi.json")) {
            HttpAnswer answer = HOST.get(path, null);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
            assertThat(answer.header("Set-Cookie")).isNull();
        }
    }

    @Test
    void theApplicationsOtherPathsStayShut() {
        assertThat(HOST.get("/elsewhere", null).status()).isEqualTo(401);
    }

    @Test
    void theOpenApiDocumentTellsTheCallsThereAreAndNoOthers() {
        var document = HOST.get("/account/openapi.json", null).json();
        Set<String> told = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (Set.of("get", "post", "delete").contains(method.getKey())) {
                        names.add(method.getValue().get("operationId").asString());
                        told.add(method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                        assertThat(method.getValue().get("summary").asString()).isNotBlank();
                        assertThat(method.getValue().get("responses")).isNotEmpty();
                    }
                }));
        assertThat(told).isEqualTo(calls());
        assertThat(names).as("each call has a name of its own").hasSameSizeAs(told);
    }
}
