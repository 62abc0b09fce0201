package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.spring.signin.CallAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Tries each call of a person with the id of another person in every place where one could be written. */
class WorkspaceSuiteForeignIdHttpTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("workspace-suite");

    private static final String MIRA = "usr_mira00000000001";
    private static final String NOOR = "usr_noor00000000002";

    private static final List<String> NAMES = List.of("subject", "user", "userId", "user_id", "id", "key", "sub");

    @AfterAll
    static void close() {
        HOST.close();
    }

    private record PersonCall(String method, String path) {}

    private static Set<PersonCall> calls() {
        Set<PersonCall> calls = new LinkedHashSet<>();
        HOST.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> {
                    CallAccess access = handler.getMethodAnnotation(CallAccess.class);
                    if (access != null && access.value() == CallAccess.CallerKind.PERSON) {
                        mapping.getPatternValues()
                                .forEach(path -> mapping.getMethodsCondition()
                                        .getMethods()
                                        .forEach(method -> calls.add(new PersonCall(method.name(), path))));
                    }
                });
        return calls;
    }

    /** What could change or be told of the person: their rows, their requests and their exports. */
    private static Map<String, List<String>> ofMira() {
        Map<String, List<String>> rows = HOST.database().snapshot();
        rows.remove("exeunt.job");
        rows.replaceAll(
                (table, all) -> all.stream().filter(row -> row.contains(MIRA)).toList());
        return rows;
    }

    @Test
    @DisplayName("WS-08 no call takes another person's id: not in its path, its query, its body or a header")
    void nowhere() {
        String mira = HOST.token(MIRA, Map.of(), Duration.ofDays(1));
        String export = AttackerAccount.ready(HOST, mira);
        Map<String, List<String>> before = ofMira();
        assertThat(before.get("exeunt.request")).isNotEmpty();
        String noor =
                HOST.token(NOOR, Map.of("auth_time", HOST.clock().instant().getEpochSecond()), Duration.ofDays(1));
        Set<PersonCall> calls = calls();
        assertThat(calls).hasSizeGreaterThanOrEqualTo(13);
        List<HttpAnswer> answers = new ArrayList<>();
        for (PersonCall call : calls) {
            String path = call.path().replace("{id}", export);
            assertThat(path).as("the test knows each place in a path").doesNotContain("{");
            HttpAnswer foreign =
                    HOST.send(call.method(), path, noor, call.method().equals("POST") ? "{}" : null);
            if (!path.equals(call.path())) {
                assertThat(foreign.problem()).as(call.toString()).isEqualTo("not-found");
            }
            answers.add(foreign);
            answers.addAll(named(call, path, noor));
        }
        assertThat(answers)
                .noneMatch(answer -> Stream.of(MIRA, "mira@", "Mira", export)
                        .anyMatch(word -> answer.text().contains(word)
                                || String.valueOf(answer.header("Location")).contains(word)));
        assertThat(ofMira()).isEqualTo(before);
        assertThat(HOST.get("/account/export/" + export, mira).at("state")).isEqualTo("ready");
    }

    private static List<HttpAnswer> named(PersonCall call, String path, String noor) {
        List<HttpAnswer> answers = new ArrayList<>();
        for (String name : NAMES) {
            String query = path + "?flow=delete-account&" + name + "=" + MIRA;
            answers.add(HOST.send(
                    call.method(),
                    query,
                    noor,
                    call.method().equals("POST") ? "{}" : null,
                    "X-User-Id",
                    MIRA,
                    "X-Subject",
                    MIRA));
            boolean body = !call.method().equals("GET") && !path.endsWith("/session"); // ending a session reads none
            if (body) {
                HttpAnswer answer = HOST.send(call.method(), path, noor, "{\"" + name + "\": \"" + MIRA + "\"}");
                assertThat(answer.status())
                        .as(call + " " + name + ": " + answer)
                        .isBetween(400, 499);
                answers.add(answer);
            }
        }
        return answers;
    }
}
