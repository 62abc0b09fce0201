package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Which tokens hold, for what, and what the operator reads of those that do not. */
class SignInTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of(
            "guild-platform", Map.of("exeunt.recent-sign-in", "10m", "exeunt.jwt.audience", "exeunt"));
    private static final Duration HOUR = Duration.ofHours(1);

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static long in(Duration time) {
        return HOST.clock().instant().plus(time).getEpochSecond();
    }

    private static String token(String person, Map<String, Object> more) {
        Map<String, Object> claims = new HashMap<>(Map.of("aud", "exeunt"));
        claims.putAll(more);
        return SpringTestApplication.signed(
                SpringTestApplication.SECRET, person, claims, HOST.clock().instant(), HOUR);
    }

    private static String staff(Duration signedIn) {
        return token("1008", Map.of("roles", "admin", "auth_time", in(signedIn)));
    }

    @Test
    void staffAlsoMustHaveSignedInLatelyWhoHaveSomebodyErased() {
        String reason = "{\"reason\": \"asked by letter\"}";
        String unsaid = token("1008", Map.of("roles", "admin"));
        for (String call : List.of("data-deletion", "deactivation", "deletion", "retry")) {
            String path = "/account/admin/1002/" + call;
            assertThat(HOST.post(path, unsaid, reason).problem()).as(call).isEqualTo("sign-in-again");
            assertThat(HOST.post(path, staff(Duration.ofMinutes(-11)), reason).problem())
                    .as(call)
                    .isEqualTo("sign-in-again");
        }
        assertThat(HOST.get("/account/admin/1002", unsaid).status())
                .as("only to look")
                .isEqualTo(200);
        assertThat(HOST.post("/account/admin/1002/deactivation", staff(Duration.ofMinutes(-9)), reason)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void staffWhoAreAwayThemselvesActForNobody() {
        HOST.bean(AccountRequests.class)
                .submit(NewRequest.staff(AccountFlow.DEACTIVATE, "1007", "test", "left the company"));
        String left = token("1007", Map.of("roles", "admin", "auth_time", in(Duration.ZERO)));
        assertThat(HOST.get("/account/admin/requests", left).problem()).isEqualTo("away");
        assertThat(HOST.get("/account/admin/1002", left).problem()).isEqualTo("away");
        assertThat(HOST.post("/account/admin/1002/export", left, "{\"reason\": \"x\"}")
                        .problem())
                .isEqualTo("away");
        assertThat(HOST.post("/account/reactivation", left, "{}").status())
                .as("for themselves they may")
                .isEqualTo(200);
        assertThat(HOST.get("/account/admin/1002", left).problem())
                .as("until the login block is over")
                .isEqualTo("away");
        HOST.clock().advance(Duration.ofDays(1));
        String back = token("1007", Map.of("roles", "admin", "auth_time", in(Duration.ZERO)));
        assertThat(HOST.get("/account/admin/1002", back).status()).isEqualTo(200);
    }

    @Test
    void whatIsYetToComeIsNotTakenForSignedInJustNow() {
        Map<String, Object> soon = Map.of("auth_time", in(Duration.ofSeconds(50)));
        Map<String, Object> later = Map.of("auth_time", in(Duration.ofSeconds(70)));
        assertThat(HOST.get("/account", token("1003", soon)).status()).isEqualTo(200);
        assertThat(HOST.get("/account", token("1003", later)).problem()).isEqualTo("unauthenticated");
        assertThat(HOST.get("/account/admin/requests", staff(Duration.ofDays(1)))
                        .problem())
                .isEqualTo("unauthenticated");
    }

    @Test
    void aTokenFromTheFutureDoesNotPassForOneFromAfterAnErasure() {
        assertThat(HOST.get("/account", token("1003", Map.of("iat", in(Duration.ofSeconds(50)))))
                        .status())
                .as("clocks differ")
                .isEqualTo(200);
        Map<String, Object> tomorrow = Map.of("iat", in(Duration.ofDays(1)), "exp", in(Duration.ofDays(2)));
        assertThat(HOST.get("/account", token("1003", tomorrow)).problem()).isEqualTo("unauthenticated");
        Map<String, Object> link = new HashMap<>(tomorrow);
        link.put("aud", "exeunt-enter");
        link.put("exp", in(Duration.ofDays(1).plusMinutes(4)));
        assertThat(HOST.get(
                                "/account/enter?token="
                                        + SpringTestApplication.signed(
                                                SpringTestApplication.HAND_OFF,
                                                "1003",
                                                link,
                                                HOST.clock().instant(),
                                                HOUR),
                                null)
                        .problem())
                .isEqualTo("unauthenticated");
    }

    @Test
    void theOperatorReadsWhyATokenWasRefusedAndNothingItSays() {
        String good = token("1003", Map.of());
        Map<String, String> refused = new HashMap<>();
        refused.put(token("1003", Map.of("aud", "another")), "a token: its aud is not what exeunt.jwt.audience says");
        refused.put(
                token("1003", Map.of("iat", in(Duration.ofHours(-2)), "exp", in(Duration.ofHours(-1)))),
                "a token: it is over");
        refused.put(token("1003", Map.of("iat", in(Duration.ofMinutes(30)))), "a token: its iat is in the future");
        refused.put(token("31337", Map.of()), "a token: its person is not in the subject's table");
        refused.put(token("email:anna@x.test", Map.of()), "a token: its claim sub is no key");
        refused.put(good.substring(0, good.lastIndexOf('.') + 1) + "AAAA", "a token: its signature is not ours");
        refused.put("not-a-token", "a token: it is no JWT");
        refused.put(token("01003", Map.of()), "a token: its key is not written as the row");
        refused.put(good + "=", "a token: it is no JWT as issuers write it");
        refused.put(
                ForgedTokens.sign(
                        "{\"alg\":\"HS256\"}",
                        Map.of("sub", "1003", "aud", "exeunt", "exp", in(HOUR)),
                        "HmacSHA256",
                        SpringTestApplication.SECRET),
                "a token: it has no iat");
        refused.forEach((token, why) -> assertThat(logged(token))
                .singleElement()
                .asString()
                .contains("Refused " + why)
                .doesNotContain("1003", "31337", "anna", token));
        assertThat(logged(good)).isEmpty();
    }

    private static List<String> logged(String token) {
        Logger log = (Logger) LoggerFactory.getLogger("dev.exeunt.spring");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.INFO);
        try {
            HOST.get("/account", token);
        } finally {
            log.setLevel(null);
            log.detachAppender(lines);
        }
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
