package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose key a token has, and what is looked at before a connection to the database is taken. */
class KeySpellingTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of(
            "guild-platform", Map.of("exeunt.database.connections", "4", "exeunt.worker.enabled", "false"));
    private static final Duration FIVE = Duration.ofMinutes(5);

    @AfterAll
    static void close() {
        HOST.close();
    }

    @Test
    void aKeyInAnotherSpellingIsNotThePersons() {
        List<Object> others =
                List.of("01002", " 1002", "1002 ", "+1002", "1_002", "\u0661002", "0x3ea", "1002.0", 1002.5);
        for (Object other : others) {
            assertThat(HOST.get("/account", HOST.token("x", Map.of("sub", other), FIVE))
                            .status())
                    .as("token, " + other)
                    .isEqualTo(401);
            Map<String, Object> staff = Map.of("sub", other, "roles", "admin");
            assertThat(HOST.get("/account/admin/requests", HOST.token("x", staff, FIVE))
                            .status())
                    .as("staff, " + other)
                    .isEqualTo(401);
            Map<String, Object> link = Map.of("sub", other, "aud", "exeunt-enter");
            String token = SpringTestApplication.signed(
                    SpringTestApplication.HAND_OFF, "x", link, HOST.clock().instant(), FIVE);
            assertThat(HOST.get("/account/enter?token=" + token, null).status())
                    .as("link, " + other)
                    .isEqualTo(401);
        }
        assertThat(HOST.get("/account", HOST.token("1002")).status()).isEqualTo(200);
        assertThat(HOST.get("/account", HOST.token("x", Map.of("sub", 1002), FIVE))
                        .status())
                .as("a number is written as the row has it")
                .isEqualTo(200);
        assertThat(HOST.get("/gate/01002", SpringTestApplication.SERVICE).at("state"))
                .as("the application may name people as it likes")
                .isEqualTo("allowed");
    }

    /** With every connection taken, whatever needs one waits for ten seconds and is refused with 503. */
    @Test
    @Timeout(60)
    void aSignatureIsCheckedBeforeAConnectionIsTaken() throws SQLException {
        String session = HOST.get("/account/enter?token=" + AttackerAccount.entry(HOST, "1002"), null)
                .header("Set-Cookie")
                .split(";")[0];
        List<Connection> taken = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                taken.add(HOST.bean(Database.class).connect());
            }
            String forged = forged(HOST.token("1002"));
            String id = "00000000-0000-4000-8000-000000000000";
            assertThat(HOST.get("/account", forged).status()).isEqualTo(401);
            assertThat(HOST.get("/account/admin/requests", forged).status()).isEqualTo(401);
            assertThat(HOST.get("/account/export/" + id, forged).status()).isEqualTo(401);
            assertThat(HOST.get("/gate/1002", forged).status()).isEqualTo(401);
            assertThat(HOST.get("/account/enter?token=" + forged(AttackerAccount.entry(HOST, "1002")), null)
                            .status())
                    .isEqualTo(401);
            assertThat(HOST.send("GET", "/account", null, null, "Cookie", forged(session))
                            .status())
                    .isEqualTo(401);
            assertThat(HOST.send("POST", "/account/export", null, "{}", "Cookie", session)
                            .status())
                    .as("another site's form")
                    .isEqualTo(403);
            assertThat(HOST.get("/account/download/" + "A".repeat(100), null).status())
                    .isEqualTo(404);
            assertThat(HOST.get("/account/receipt/" + "A".repeat(43), null).status())
                    .isEqualTo(404);
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        assertThat(HOST.send("GET", "/account", null, null, "Cookie", session).status())
                .isEqualTo(200);
    }

    private static String forged(String token) {
        int at = token.length() - 9;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }
}
