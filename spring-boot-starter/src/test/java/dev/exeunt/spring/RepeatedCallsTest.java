package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.request.AccountRequests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests calls that are repeated with an idempotency key, and receipts after the account is gone. */
class RepeatedCallsTest {

    private final SpringTestApplication host = SpringTestApplication.of("guild-platform");
    private final String bruno = host.token("1002", Map.of(), Duration.ofDays(400));

    @AfterEach
    void close() {
        host.close();
    }

    private HttpAnswer deactivate(String known) {
        HttpAnswer preview = host.get("/account/preview?flow=deactivate", bruno);
        String body = "{\"acknowledge\": \"" + preview.at("digest") + "\", \"confirm\": \"bruno\"}";
        return known == null
                ? host.post("/account/deactivation", bruno, body)
                : host.send("POST", "/account/deactivation", bruno, body, "Idempotency-Key", known);
    }

    @Test
    void aCallThatArrivesAgainDoesNotBeginAnewWhatWasTakenBack() {
        HttpAnswer asked = deactivate("wish-1");
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        assertThat(host.post("/account/reactivation", bruno, "{}").status()).isEqualTo(200);
        HttpAnswer late = deactivate("wish-1");
        assertThat(late.status()).as(late.text()).isEqualTo(200);
        assertThat(late.at("id")).isEqualTo(asked.at("id"));
        assertThat(late.at("state")).isEqualTo("reactivated");
        assertThat(host.get("/account", bruno).at("requests.0.state")).isEqualTo("reactivated");
        assertThat(host.get("/account", bruno).json().get("requests")).hasSize(1);
        assertThat(deactivate(null).at("id"))
                .as("without it, or with another, it is a new wish")
                .isNotEqualTo(asked.at("id"));
    }

    @Test
    void aKeyIsForOneWishOfOnePerson() {
        assertThat(deactivate("wish-1").status()).isEqualTo(202);
        HttpAnswer other = host.send("POST", "/account/export", bruno, "{}", "Idempotency-Key", "wish-1");
        assertThat(other.status()).as(other.text()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("invalid");
        assertThat(host.send("POST", "/account/export", host.token("1003"), "{}", "Idempotency-Key", "wish-1")
                        .status())
                .as("another person's key is another key")
                .isEqualTo(202);
        assertThat(host.send("POST", "/account/export", bruno, "{}", "Idempotency-Key", "two words")
                        .problem())
                .isEqualTo("invalid");
    }

    @Test
    void anExportThatWasMadeIsNotMadeTwice() {
        HttpAnswer first = host.send("POST", "/account/export", bruno, "{}", "Idempotency-Key", "copy");
        assertThat(first.status()).isEqualTo(202);
        PollingLoop.until(
                () -> host.get("/account/export/" + first.at("id"), bruno), a -> "ready".equals(a.at("state")));
        HttpAnswer again = host.send("POST", "/account/export", bruno, "{}", "Idempotency-Key", "copy");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.at("id")).isEqualTo(first.at("id"));
        assertThat(host.send("POST", "/account/export", bruno, "{\"format\": \"json\"}", "Idempotency-Key", "copy")
                        .problem())
                .as("of another format is another wish")
                .isEqualTo("invalid");
    }

    private HttpAnswer exportByStaff() {
        return host.send(
                "POST",
                "/account/admin/1002/export",
                host.admin("1003"),
                "{\"reason\": \"they wrote a letter\"}",
                "Idempotency-Key",
                "ticket-1");
    }

    @Test
    void aKeyOfThePersonsIsNotOneOfTheStaffs() {
        HttpAnswer theirs = host.send("POST", "/account/export", bruno, "{}", "Idempotency-Key", "ticket-1");
        host.send("DELETE", "/account/export/" + theirs.at("id"), bruno, null);
        HttpAnswer staffs = exportByStaff();
        assertThat(staffs.status()).as(staffs.text()).isEqualTo(202);
        assertThat(staffs.at("id")).isNotEqualTo(theirs.at("id"));
        assertThat(host.database().scalar("SELECT count(*) FROM exeunt.event WHERE reason = 'they wrote a letter'"))
                .isEqualTo("1");
        HttpAnswer again = exportByStaff();
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.at("id")).isEqualTo(staffs.at("id"));
    }

    @Test
    void theReceiptIsThereForWhoIsGone() {
        HttpAnswer asked = deactivate("wish-1");
        String link = asked.at("receipt");
        assertThat(link).startsWith("/account/receipt/");
        HttpAnswer before = host.get(link, null);
        assertThat(before.at("state")).isEqualTo("scheduled");
        assertThat(before.at("receipt")).isNull();
        host.clock().advance(Duration.ofDays(31));
        assertThat(host.bean(AccountRequests.class).eraseDue("test").erased()).isEqualTo(1);
        assertThat(host.get("/account", bruno).problem()).isEqualTo("unauthenticated");
        HttpAnswer after = host.get(link, null);
        assertThat(after.at("state")).isEqualTo("erased");
        assertThat(after.json().get("receipt").get("tables")).isNotEmpty();
        assertThat(after.text()).doesNotContainIgnoringCase("bruno").doesNotContain("1002");
        assertThat(host.database().column("SELECT hash::text FROM exeunt.idempotency"))
                .as("nothing is remembered of who is erased")
                .isEmpty();
        String altered = link.substring(0, link.length() - 9)
                + (link.charAt(link.length() - 9) == 'A' ? 'B' : 'A')
                + link.substring(link.length() - 8);
        for (String other : List.of(link + "A", link.substring(0, link.length() - 1), altered)) {
            assertThat(host.get(other, null).status()).isEqualTo(404);
        }
    }

    @Test
    void thePageHoldsNothingOfAnybodyAndNothingFromElsewhere() {
        for (String file : List.of("/account/page", "/account/exeunt.js", "/account/page.css")) {
            HttpAnswer answer = host.get(file, null);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).doesNotContain("http://").doesNotContain("https://");
        }
        assertThat(host.get("/account/page", null).header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }
}
