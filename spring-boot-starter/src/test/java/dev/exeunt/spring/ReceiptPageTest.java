package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.erase.ReceiptKeys;
import dev.exeunt.request.AccountRequests;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A receipt, as somebody reads it who opens its link in a browser. */
class ReceiptPageTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private final SpringTestApplication host = SpringTestApplication.of("guild-platform");
    private final String anna = host.token("1001", Map.of(), Duration.ofDays(400));

    @AfterEach
    void close() {
        host.close();
    }

    private HttpAnswer asked() {
        String digest = host.get("/account/preview?flow=deactivate", anna).at("digest");
        return host.post("/account/deactivation", anna, "{\"acknowledge\": \"" + digest + "\", \"confirm\": \"anna\"}");
    }

    private HttpAnswer opened(String link) {
        return host.send("GET", link, null, null, "Accept", BROWSER);
    }

    @Test
    void isASentenceWhileTheRequestWaitsAndWhenItWasTakenBack() {
        String link = asked().at("receipt");
        HttpAnswer waiting = opened(link);
        assertThat(waiting.status()).isEqualTo(200);
        assertThat(waiting.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(waiting.text())
                .contains(
                        "to deactivate the account",
                        "The account is deactivated, and will be deleted on ",
                        "Nothing is erased yet.")
                .doesNotContain("<table");
        host.post("/account/reactivation", anna, "{}");
        assertThat(opened(link).text()).contains("The account was taken up again on ", "Nothing was erased.");
    }

    @Test
    void tellsWhatBecameOfWhichTableAndWhyTheRestStays() {
        String link = asked().at("receipt");
        host.clock().advance(Duration.ofDays(31));
        assertThat(host.bean(AccountRequests.class).eraseDue("test").erased()).isEqualTo(1);
        String page = opened(link).text();
        assertThat(page)
                .contains("The account was deleted on ")
                .contains(
                        "<th scope=\"rowgroup\" rowspan=\"1\"><bdi>profiles</bdi></th><td>deleted</td><td class=\"number\">1</td>")
                .contains("<td>made anonymous</td>")
                .contains("infractions: evidence of an infraction (legal claims), until ")
                .doesNotContainIgnoringCase("anna")
                .doesNotContain("1001");
        var receipt = host.get(link, null).json().get("receipt");
        assertThat(receipt.propertyNames())
                .as("the fields that docs/reference/commands.md lists")
                .containsExactlyInAnyOrder(
                        "receipt",
                        "erasedAt",
                        "subjects",
                        "database",
                        "catalogueDigest",
                        "planDigest",
                        "tables",
                        "aside",
                        "signature");
        var tables = receipt.get("tables");
        long deleted = 0;
        for (var table : tables) {
            if (table.get("table").asString().equals("messages")) {
                deleted = table.get("deleted").asLong();
            }
        }
        assertThat(deleted)
                .as("messages went, and one that a case cites stayed")
                .isPositive();
        assertThat(page)
                .containsPattern(
                        "<bdi>Your messages</bdi></th><td>deleted</td><td class=\"number\">" + deleted + "</td>")
                .containsPattern("<tr><td>kept</td>");
        assertThat(page).doesNotContain("files-title");
        tellsHowManyFilesWentAndHowManyStay(link);
        isSavedAsASignedFile(link, page);
    }

    private void isSavedAsASignedFile(String link, String page) {
        assertThat(page).contains("href=\"" + URI.create(link).getPath() + "/file\" download=\"receipt.json\"");
        HttpAnswer file = host.get(link + "/file", null);
        HttpAnswer keys = host.get("/account/receipt-keys", null);
        assertThat(file.header("Content-Disposition")).isEqualTo("attachment; filename=\"receipt.json\"");
        assertThat(keys.header("Content-Type")).isEqualTo("application/jwk-set+json");
        assertThat(ReceiptKeys.parse(keys.text()).check(file.text()).result())
                .isEqualTo(ReceiptKeys.CheckResult.UNCHANGED);
    }

    @Test
    void hasNoFileBeforeTheErasure() {
        String link = asked().at("receipt");
        assertThat(host.get(link + "/file", null).status()).isEqualTo(404);
        assertThat(host.get("/account/receipt/nothing/file", null).status()).isEqualTo(404);
        assertThat(opened(link).text()).doesNotContain("/file");
    }

    private void tellsHowManyFilesWentAndHowManyStay(String link) {
        host.database().execute("""
                INSERT INTO exeunt.file_erasure (erasure, recorded_at, deleted, in_use, missing, refused)
                SELECT (receipt ->> 'receipt')::uuid, now(), 1203, 2, 0, 1 FROM exeunt.request WHERE receipt IS NOT NULL;
                INSERT INTO exeunt.file_deletion (erasure, store, name_hash, name, try_at)
                SELECT erasure, 'photos', '\\x01', '\\x02', now() FROM exeunt.file_erasure""");
        assertThat(opened(link).text())
                .contains(
                        "<li>Deleted: 1,203.</li>",
                        "<li>Left, because another entry still uses them: 2.</li>",
                        "<li>Not deleted, because the name leads to no file of the application: 1.",
                        "<li>Still to be deleted, which happens soon: 1.</li>")
                .doesNotContain("Not there any more");
    }

    @Test
    void aReceiptThatAnEarlierVersionStoredReadsTheSame() {
        String link = asked().at("receipt");
        host.clock().advance(Duration.ofDays(31));
        host.bean(AccountRequests.class).eraseDue("test");
        String page = opened(link).text();
        host.database().execute("""
                UPDATE exeunt.request SET receipt =
                    regexp_replace(receipt::text, '"for": ("[^"]*"|null), ', '', 'g')::jsonb - 'database'
                WHERE receipt IS NOT NULL""");
        assertThat(host.get(link, null).text()).contains("\"period\":\"3y\"").doesNotContain("\"for\"", "\"database\"");
        assertThat(opened(link).text()).isEqualTo(page).contains("(legal claims), until ");
    }

    @Test
    void whatWasStoredIsTextAndNeverMarkup() {
        String link = asked().at("receipt");
        host.clock().advance(Duration.ofDays(31));
        host.bean(AccountRequests.class).eraseDue("test");
        host.database()
                .execute("UPDATE exeunt.request SET receipt = replace(receipt::text, 'evidence of an infraction',"
                        + " '<script>alert(1)</script>&')::jsonb WHERE receipt IS NOT NULL");
        assertThat(opened(link).text())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;")
                .doesNotContain("<script");
    }

    @Test
    void isAPageForBrowsersOnlyAndLoadsNothingButItsStyle() {
        String link = asked().at("receipt");
        HttpAnswer page = opened(link);
        assertThat(page.response().headers().allValues("Vary")).containsExactly("Accept", "Accept-Language");
        assertThat(page.response().headers().allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'");
        assertThat(page.text()).contains("href=\"/account/page.css\"").doesNotContain("http");
        HttpAnswer json = host.send("GET", link, null, null, "Accept", "application/json, text/html;q=0.1");
        assertThat(json.at("state")).isEqualTo("scheduled");
        assertThat(json.header("Vary")).isEqualTo("Accept");
        assertThat(host.get(link, null).at("state")).isEqualTo("scheduled");
    }

    @Test
    void aLinkThatIsNoneIsASentence() {
        HttpAnswer none = opened("/account/receipt/nonsense");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.text()).startsWith("<!doctype html>").contains("There is no receipt at this address.");
        assertThat(host.get("/account/receipt/nonsense", null).problem()).isEqualTo("not-found");
    }

    @Test
    void speaksTheReadersLanguageWithTheMapsTitlesAndTheLanguagesDates() {
        String link = asked().at("receipt");
        host.clock().set(Instant.parse("2026-06-03T03:05:00Z"));
        host.bean(AccountRequests.class).eraseDue("test");
        Map<String, List<String>> languages = Map.of(
                "de-AT, en;q=0.5",
                        List.of(
                                "<html lang=\"de\" dir=\"ltr\">",
                                "Das Konto wurde am 3. Juni 2026",
                                "03:05 UTC gelöscht.",
                                "<bdi>Ihre Nachrichten</bdi>",
                                ", bis 3. Juni 2029."),
                "ar-EG",
                        List.of(
                                "<html lang=\"ar\" dir=\"rtl\">",
                                "حُذف الحساب في \u2068٣ يونيو ٢٠٢٦",
                                "<td class=\"number\">١</td>",
                                "\u2068٣ يونيو ٢٠٢٩\u2069"),
                "fr, en-GB;q=0.1",
                        List.of(
                                "<html lang=\"en\" dir=\"ltr\">",
                                "The account was deleted on 3 June 2026",
                                "03:05 UTC.",
                                "<bdi>Your messages</bdi>",
                                "until 3 June 2029."),
                "tlh", List.of("<html lang=\"en\" dir=\"ltr\">", "deleted on 3 June 2026"));
        languages.forEach((accepted, said) -> assertThat(
                        host.send("GET", link, null, null, "Accept", BROWSER, "Accept-Language", accepted)
                                .text())
                .as(accepted)
                .contains(said)
                .doesNotContain("{"));
    }
}
