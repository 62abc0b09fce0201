package dev.exeunt.spring;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.exeunt.spring.TestBrowser.Reader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Drives the way of a person who cannot sign in any more: the form, the message, the link, and the deletion that is taken back. */
class OneTimeLinkPageTest {

    private static TestBrowser browser;
    private static MailHost host;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        browser = TestBrowser.start();
        Path map = Files.writeString(
                folder.resolve("exeunt.yaml"),
                Files.readString(Path.of(MailHost.SAMPLE, "exeunt.yaml"))
                        .replace("identifiers: [handle]", "identifiers: [handle, address]"));
        host = MailHost.start(Map.of("exeunt.link.enabled", "true", "exeunt.map", map.toString()));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (host != null) {
            host.close();
        }
    }

    static Stream<Reader> readers() {
        return Stream.of(Reader.ENGLISH, Reader.GERMAN, Reader.ARABIC);
    }

    private static String address() {
        return "http://127.0.0.1:" + host.application().port() + "/account/page";
    }

    private static String sent(PageTexts texts) {
        return texts.texts().required("link.sent").required("other").asString().replaceFirst("[.؟] .*", "");
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aPersonTakesADeletionBackByALink(Reader reader) {
        String person = Integer.toString(20 + readers().toList().indexOf(reader));
        assertThat(host.ask("deletion", person, "{}", "en").status()).isEqualTo(202);
        PageTexts texts = PageTexts.of(reader.language());
        try (BrowserContext context =
                browser.context(reader, host.application().clock().instant())) {
            Page page = context.newPage();
            page.navigate(address());
            assertThat(page.locator("#link-heading")).hasText(texts.text("link.heading"));
            assertThat(page.locator("#kind option"))
                    .hasText(new String[] {texts.text("identifier.username"), "address"});
            TestBrowser.look(page, reader, "link-form");
            page.locator("#send").click();
            assertThat(page.locator("#identifier")).isFocused();
            assertThat(page.locator("#identifier")).hasAttribute("aria-invalid", "true");
            TestBrowser.look(page, reader, "link-missing");

            page.locator("#kind").selectOption("address");
            page.locator("#identifier").fill("person-" + person + "@example.org");
            page.locator("#identifier").press("Enter");
            assertThat(page.locator("exeunt-link").getByRole(AriaRole.STATUS)).containsText(sent(texts));
            assertThat(page.locator("exeunt-link #message")).isFocused();
            TestBrowser.look(page, reader, "link-sent");

            assertThat(host.deliverLinks()).isEqualTo(1);
            assertThat(MailHost.recipient(host.last())).isEqualTo("person-" + person + "@example.org");
            assertThat(host.last().getContentLanguage()).containsExactly(reader.language());
            page.navigate(address() + "#enter=" + host.token());
            assertThat(page.locator("#standing")).containsText(texts.beginning("standing.delete-account"));
            assertThat(page.url()).isEqualTo(address());
            page.locator("#back").click();
            assertThat(page.locator("#standing")).containsText(texts.beginning("standing.none"));
            assertThat(host.database().scalar("SELECT address FROM person WHERE id = " + person))
                    .isEqualTo("person-" + person + "@example.org");
            assertThat(browser.complaints()).isEmpty();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String entry(String person) {
        host.application().post("/account/link", null, "{\"identifier\": \"" + person + "\", \"kind\": \"handle\"}");
        assertThat(host.deliverLinks()).isEqualTo(1);
        return address() + "#enter=" + host.token();
    }

    private static BrowserContext english() {
        return browser.context(Reader.ENGLISH, host.application().clock().instant());
    }

    @Test
    void theCallThatOpensTheSessionBringsAllThatThePageShowsFirst() {
        try (BrowserContext context = english()) {
            Page page = context.newPage();
            List<String> calls = new ArrayList<>();
            page.onRequest(request -> {
                if (!request.method().equals("GET") || request.url().matches(".*/account(/session|/export)?")) {
                    calls.add(request.method() + " " + request.url().replaceFirst(".*/account", ""));
                }
            });
            page.navigate(entry("person-31"));
            assertThat(page.locator("#ask")).isVisible();
            assertThat(calls).containsExactly("POST /enter");
            page.locator("#ask").click();
            assertThat(page.locator("#copy")).isVisible();
            assertThat(calls).as("with the session's CSRF header").contains("POST /export");
            assertThat(page.locator("#account [role=alert]")).isEmpty();
        }
    }

    @Test
    void aPersonSignsOutWhileThePageStillLoads() {
        try (BrowserContext context = english()) {
            Page page = context.newPage();
            page.navigate(entry("person-32"));
            assertThat(page.locator("#ask")).isVisible();
            List<Route> held = new ArrayList<>();
            page.route("**/account/session", route -> {
                if (held.isEmpty()) {
                    held.add(route); // the account's own call stays without an answer
                } else {
                    route.resume();
                }
            });
            page.reload();
            page.locator("#out").click();
            assertThat(page.locator("#identifier")).isVisible();
            assertThat(held).hasSize(1);
        }
    }

    @Test
    void aSessionBeginsWhereItsAccountCannotBeReadAndThePageLooksAgain() {
        String address = entry("person-33");
        try (BrowserContext context = english()) {
            Page page = context.newPage();
            host.database().execute("ALTER TABLE exeunt.export RENAME TO export_away");
            try {
                page.navigate(address);
                assertThat(page.locator("#account [role=alert] button")).isVisible();
            } finally {
                host.database().execute("ALTER TABLE exeunt.export_away RENAME TO export");
            }
            page.locator("#account [role=alert] button").click();
            assertThat(page.locator("#ask")).isVisible();
        }
    }

    @Test
    void anUnknownPersonReadsTheSameAndALinkThatWasUsedLeadsBackToTheForm() {
        Reader reader = Reader.ENGLISH;
        PageTexts texts = PageTexts.of("en");
        host.application().post("/account/link", null, "{\"identifier\": \"person-30\", \"kind\": \"handle\"}");
        assertThat(host.deliverLinks()).isEqualTo(1);
        String token = host.token();
        try (BrowserContext context =
                browser.context(reader, host.application().clock().instant())) {
            Page page = context.newPage();
            page.navigate(address() + "#enter=" + token);
            page.locator("#out").click();
            assertThat(page.locator("#identifier")).isVisible();
            page.navigate(address() + "#enter=" + token);
            assertThat(page.getByText(texts.text("session.link-over"))).isVisible();
            TestBrowser.look(page, reader, "link-used");

            page.locator("#identifier").waitFor();
            page.locator("#kind").focus();
            for (String id : List.of("identifier", "send")) {
                page.keyboard().press("Tab");
                assertThat(page.locator("#" + id)).isFocused();
            }
            page.keyboard().press("Shift+Tab");
            page.keyboard().type("not-there");
            page.keyboard().press("Enter");
            assertThat(page.locator("exeunt-link").getByRole(AriaRole.STATUS)).containsText(sent(texts));
            assertThat(host.deliverLinks()).isZero();
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
