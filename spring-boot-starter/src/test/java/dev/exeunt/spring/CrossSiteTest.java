package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.spring.signin.CallAccess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What a page of another site can make a person's browser send, even where the browser sends the cookie along. */
class CrossSiteTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("guild-platform");

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static String session(String person) {
        return HOST.get("/account/enter?token=" + AttackerAccount.entry(HOST, person), null)
                .header("Set-Cookie")
                .split(";")[0];
    }

    /** Each call of a person's that changes something, by the mappings that there are. */
    private static List<String> changes() {
        List<String> calls = new ArrayList<>();
        HOST.bean(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, method) -> {
            CallAccess access = method.getMethodAnnotation(CallAccess.class);
            if (access != null && access.value() == CallAccess.CallerKind.PERSON) {
                for (String path : mapping.getPatternValues()) {
                    mapping.getMethodsCondition().getMethods().stream()
                            .filter(m -> access.counts() || !m.name().equals("GET"))
                            .forEach(m ->
                                    calls.add(m + " " + path.replace("{id}", "00000000-0000-4000-8000-000000000000")));
                }
            }
        });
        return calls;
    }

    /** All rows but the worker's timetable, which its first runs write at any moment. An export stands in a table of its own. */
    private static Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>(HOST.database().snapshot());
        rows.remove("exeunt.job");
        return rows;
    }

    @Test
    void nothingIsChangedByTheCookieAlone() {
        String mine = session("1002");
        String theirs = session("1003");
        String csrf = HOST.send("GET", "/account/session", null, null, "Cookie", theirs)
                .at("csrf");
        var before = rows();
        List<String> calls = changes();
        assertThat(calls).hasSizeGreaterThanOrEqualTo(10);
        for (String call : calls) {
            String[] words = call.split(" ", 2);
            for (String type : List.of("application/json", "text/plain", "application/x-www-form-urlencoded")) {
                for (String header : List.of("", csrf, "null", "0".repeat(64))) {
                    List<String> headers = new ArrayList<>(List.of("Cookie", mine, "Origin", "https://evil.example"));
                    headers.addAll(List.of("Content-Type", type));
                    if (!header.isEmpty()) {
                        headers.addAll(List.of("X-Exeunt-Csrf", header));
                    }
                    byte[] body = words[0].equals("GET") ? new byte[0] : "{}".getBytes(StandardCharsets.UTF_8);
                    assertThat(HOST.raw(words[0], words[1], body, headers).status())
                            .as(call + " " + type + " " + header)
                            .isEqualTo(403);
                }
            }
        }
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void noOtherOriginIsToldThatItMayReadOrSend() {
        String mine = session("1002");
        for (String method : Set.of("GET", "OPTIONS")) {
            HttpAnswer answer = HOST.raw(
                    method,
                    "/account/session",
                    new byte[0],
                    List.of(
                            "Cookie",
                            mine,
                            "Origin",
                            "https://evil.example",
                            "Access-Control-Request-Method",
                            "POST",
                            "Access-Control-Request-Headers",
                            "x-exeunt-csrf"));
            assertThat(answer.response().headers().map().keySet())
                    .as(method)
                    .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
        }
    }
}
