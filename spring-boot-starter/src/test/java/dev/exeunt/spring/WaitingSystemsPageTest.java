package dev.exeunt.spring;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.exeunt.spring.TestBrowser.Reader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests that a person whose account is erased reads that another system still has to answer. */
class WaitingSystemsPageTest {

    private static final Map<String, String> SETTINGS = Map.of(
            "exeunt.worker.enabled", "false",
            "exeunt.external.chat-bot.url", "https://bot.example.org/",
            "exeunt.external.chat-bot.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "exeunt.external.billing.url", "https://billing.example.org/",
            "exeunt.external.billing.secret", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");

    @Test
    void thePageSaysThatOtherSystemsStillHaveToAnswer() {
        try (TestBrowser browser = TestBrowser.start();
                SpringTestApplication host = SpringTestApplication.of(
                        Path.of("src/test/resources/dev/exeunt/spring/external")
                                .toAbsolutePath()
                                .toString(),
                        SETTINGS)) {
            int person = 10;
            for (Reader reader : new Reader[] {Reader.ENGLISH, Reader.GERMAN, Reader.ARABIC}) {
                JsonNode forms = PageTexts.of(reader.language()).texts().required("leave.account-waiting");
                String said = forms.required("one").asString();
                try (BrowserContext context =
                        browser.context(reader, host.clock().instant())) {
                    Page page = context.newPage();
                    page.navigate("http://127.0.0.1:" + host.port() + "/account/page#enter="
                            + AttackerAccount.entry(host, Integer.toString(person++)));
                    page.locator("#flow-delete-account").click();
                    page.locator("#go").click();
                    assertThat(page.locator("#account #message")).containsText(said.substring(0, said.indexOf('.')));
                    assertThat(page.locator("#account #message"))
                            .containsText(reader == Reader.ARABIC ? "٢٠٢٦" : "2026");
                    TestBrowser.look(page, reader, "waiting-systems");
                    page.locator("#account #message a").first().click();
                    assertThat(page.locator("body")).containsText("billing");
                    TestBrowser.look(page, reader, "waiting-receipt");
                }
            }
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
