package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tests that malformed and hostile requests are refused with problem details. */
class HostileRequestsTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("guild-platform");
    private static final String TOKEN = HOST.token("1002");

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static void refused(HttpAnswer answer, int... statuses) {
        assertThat(answer.status())
                .as(answer.text())
                .isIn(java.util.Arrays.stream(statuses).boxed().toList());
        assertThat(answer.problem()).as(answer.text()).isNotNull();
        assertThat(answer.text()).doesNotContain("Exception", "\tat ", "org.springframework", "dev.exeunt");
    }

    @Test
    void bodiesThatAreNoJson() {
        for (String body :
                List.of("{", "[]", "null null", "\"x\"", "{\"confirm\": }", "{\"a\":1,\"a\":2}", "{}{}", "\u0000")) {
            refused(HOST.post("/account/data-deletion", TOKEN, body), 400);
        }
        String deep = "{\"reason\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        refused(HOST.post("/account/data-deletion", TOKEN, deep), 400);
    }

    @Test
    void fieldsOfTheWrongTypeAreAllToldAtOnce() {
        HttpAnswer wrong = HOST.post(
                "/account/data-deletion",
                TOKEN,
                "{\"confirm\": 1, \"acknowledge\": {}, \"reason\": [\"x\"], \"key\": \"1001\"}");
        refused(wrong, 422);
        assertThat(wrong.json().get("errors")).hasSize(4);
        assertThat(wrong.json().get("errors").findValuesAsString("field")).contains("key");
        HttpAnswer odd = HOST.post(
                "/account/data-deletion", TOKEN, "{\"" + "x".repeat(60) + "\": 1, \"a\\u202eb\": 2, \"format\": 3}");
        refused(odd, 422);
        assertThat(odd.json().get("errors").findValuesAsString("field"))
                .as("each by its name, as far as it can be shown")
                .containsExactly("x".repeat(40) + "...", "a?b", "format");
        refused(HOST.post("/account/data-deletion", TOKEN, "{\"reason\": \"a\\u0000b\"}"), 422);
        refused(HOST.post("/account/data-deletion", TOKEN, "{\"reason\": \"" + "x".repeat(3000) + "\"}"), 422);
        refused(HOST.post("/account/export", TOKEN, "{\"format\": \"exe\"}"), 422);
    }

    @Test
    void bodiesThatAreTooLargeOrOfAnotherKind() {
        refused(HOST.post("/account/export", TOKEN, " ".repeat(20_000)), 413);
        for (String type : List.of(
                "text/plain", "application/x-www-form-urlencoded", "application/xml", "x", "multipart/form-data")) {
            HttpAnswer answer = HOST.raw(
                    "POST",
                    "/account/export",
                    "format=zip".getBytes(StandardCharsets.UTF_8),
                    List.of("Authorization", "Bearer " + TOKEN, "Content-Type", type));
            refused(answer, 415);
        }
    }

    @Test
    void methodsAndPathsThatAreNot() {
        refused(HOST.send("PUT", "/account", TOKEN, "{}"), 405);
        refused(HOST.send("PATCH", "/account/export", TOKEN, "{}"), 405);
        assertThat(HOST.send("PUT", "/account", TOKEN, "{}").header("Allow")).contains("GET", "DELETE");
        assertThat(HOST.send("TRACE", "/account", TOKEN, null).status()).isBetween(400, 499); // by the container
        for (String path : List.of(
                "/account/nothing",
                "/account/export/1/2/3",
                "/account;jsessionid=1/export",
                "/account/export/1%0d%0aX-Evil:%201",
                "/account/export/%2e%2e;/export",
                "/account/export/00000000-0000-4000-8000-000000000000%20",
                "/account/preview?flow=%00",
                "/account/preview?flow=delete-data&flow=deactivate",
                "/gate/x/y")) {
            refused(HOST.get(path, TOKEN), 400, 401, 404, 422);
        }
    }

    /** The container's own refusals come before any filter is asked; they are told in our words as well. */
    @Test
    void pathsThatAreNotEvenPaths() {
        for (String path : List.of(
                "/account/export/..%2f..%2fetc%2fpasswd",
                "/account/export/%2e%2e/%2e%2e/%2e%2e",
                "/account/export/%00",
                "/account//export",
                "/account/download/%F0%28%8C%28")) {
            refused(HOST.get(path, TOKEN), 400, 404);
        }
    }

    /** Each of these was once taken, or answered with 500. */
    @Test
    void whatALenientReaderWouldTake() throws IOException {
        long now = HOST.clock().instant().getEpochSecond();
        String endless = ForgedTokens.sign(
                "{\"alg\":\"HS256\"}",
                Map.of("sub", "1002", "exp", now + 3600),
                "HmacSHA256",
                SpringTestApplication.SECRET);
        refused(HOST.get("/account", endless), 401); // without iat
        Duration hour = Duration.ofHours(1);
        refused(HOST.get("/account", HOST.token("1002", Map.of("auth_time", Long.MAX_VALUE), hour)), 401);
        byte[] overlong = "{\"reason\": \"\u00c0\u00af\"}".getBytes(StandardCharsets.ISO_8859_1);
        List<String> headers = List.of("Authorization", "Bearer " + TOKEN, "Content-Type", "application/json");
        refused(HOST.raw("POST", "/account/cancellation", overlong, headers), 400);
        RawRequest preview =
                RawRequest.of("GET", "/account/preview?flow=%zz", null).token(TOKEN);
        RawRequest unending =
                RawRequest.of("POST", "/account/export", "{}").token(TOKEN).without("Content-Length");
        for (RawRequest message : List.of(
                preview,
                preview.to("/account").token("\u0080"),
                unending.plus("Content-Length: 3").alone(),
                unending.plus("Transfer-Encoding: what").alone())) {
            try (RawConnection line = new RawConnection(HOST.port())) {
                RawConnection.RawResponse heard = line.send(message.bytes(), message.closes(), false);
                assertThat(heard.status()).as(heard.toString()).isIn(400, 401);
                assertThat(heard.isProblem()).isTrue();
            }
        }
    }

    @Test
    void tokensAndHeadersThatAreNone() {
        for (String token : List.of("x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMDAyIn0.", "x".repeat(5000), "..")) {
            refused(HOST.get("/account", token), 401);
        }
        refused(HOST.raw("GET", "/account", new byte[0], List.of("Authorization", "Basic eDp5")), 401);
        refused(HOST.send("POST", "/account/export", TOKEN, "{}", "Idempotency-Key", "a b"), 422);
        String evil = HOST.token("1002\r\nX-Evil: 1");
        refused(HOST.get("/account", evil), 401);
        refused(HOST.get("/account", HOST.token("nobody")), 401);
        refused(HOST.get("/account", HOST.token("1002'; drop table users; --")), 401);
        refused(HOST.get("/account", HOST.token("9".repeat(400))), 401);
    }

    @Test
    void whatTheApplicationAsksTheGateWith() {
        refused(HOST.get("/gate/nobody", SpringTestApplication.SERVICE), 404, 422);
        refused(HOST.get("/gate/1002?issued-at=yesterday", SpringTestApplication.SERVICE), 422);
        refused(HOST.get("/gate/1002?issued-at=+1000000000-01-01T00:00:00Z", SpringTestApplication.SERVICE), 422);
        refused(HOST.get("/gate/1002", SpringTestApplication.SERVICE + "x"), 401);
    }

    @Test
    void linesThatAreNoHttpGetNoWordOfTheProgram() throws IOException {
        for (String request : List.of(
                "GET /account/../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /account/<script> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "NONSENSE\r\n\r\n")) {
            try (Socket socket = new Socket("127.0.0.1", HOST.port())) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d.*").doesNotContain("Exception", "\tat ");
            }
        }
    }
}
