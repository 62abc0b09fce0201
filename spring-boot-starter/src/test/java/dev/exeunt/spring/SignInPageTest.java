package dev.exeunt.spring;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.exeunt.spring.TestBrowser.Reader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Drives the page in a browser from its button to a provider of another site, and back. */
class SignInPageTest {

    /** Text, and no markup. */
    private static final String OWN_TITLE = "Ihr Konto <b>bei 'uns' & Co</b>";

    private static TestBrowser browser;
    private static MockOAuth2Server provider;
    private static SpringTestApplication host;
    private static String address;

    @BeforeAll
    static void start() throws IOException {
        browser = TestBrowser.start();
        int port = ProviderSignInTest.freePort();
        Instant now = Instant.now();
        provider = TestProvider.at(now);
        provider.start(InetAddress.getByName("localhost"), 0);
        String base = "http://127.0.0.1:" + port + "/account";
        address = base + "/page";
        host = SpringTestApplication.of(
                "guild-platform",
                Map.of(
                        "server.port",
                        String.valueOf(port),
                        "exeunt.sign-in.client-id",
                        "exeunt-page",
                        "exeunt.sign-in.issuer",
                        provider.issuerUrl("people").toString(),
                        "exeunt.sign-in.base-url",
                        base,
                        "exeunt.texts",
                        ownTexts().toString()));
        host.clock().set(now);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (provider != null) {
            provider.shutdown();
        }
        if (host != null) {
            host.close();
        }
    }

    static Stream<Reader> readers() {
        return Stream.of(Reader.ENGLISH, Reader.GERMAN, Reader.ARABIC);
    }

    private static Path ownTexts() throws IOException {
        Path directory = Files.createTempDirectory("exeunt-texts");
        Files.createDirectories(directory.resolve("page"));
        Files.createDirectories(directory.resolve("receipt"));
        Files.writeString(directory.resolve("page/de.json"), "{\"title\": \"" + OWN_TITLE + "\"}");
        Files.writeString(directory.resolve("receipt/de.json"), "{\"title\": \"" + OWN_TITLE + "\"}");
        return directory;
    }

    @Test
    void theOperatorsTextsStandInPlaceOfOurs() {
        try (BrowserContext context =
                browser.context(Reader.GERMAN, host.clock().instant())) {
            assertThat(open(context).locator("h1")).hasText(OWN_TITLE);
            Page receipt = context.newPage();
            receipt.navigate(address.replace("/page", "/receipt/none"));
            assertThat(receipt.locator("h1")).hasText(OWN_TITLE);
        }
        try (BrowserContext context =
                browser.context(Reader.ENGLISH, host.clock().instant())) {
            assertThat(open(context).locator("h1")).hasText(PageTexts.of("en").text("title"));
        }
    }

    private static Page open(BrowserContext context) {
        Page page = context.newPage();
        page.navigate(address);
        return page;
    }

    private static Locator button(Page page) {
        return page.locator("#sign-in").first();
    }

    /** Signs in at the provider's own page, which asks where {@code again=true} was sent along. */
    private static void atProvider(Page page, String person) {
        page.locator("input[name=username]").fill(person);
        page.locator("textarea[name=claims]")
                .fill("{\"auth_time\": " + host.clock().instant().getEpochSecond() + "}");
        page.locator("input[type=submit]").click();
    }

    private static void says(Page page, String text) {
        assertThat(page.getByText(text).first()).isVisible();
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aPersonSignsInLooksAndSignsOut(Reader reader) {
        PageTexts texts = PageTexts.of(reader.language());
        try (BrowserContext context = browser.context(reader, host.clock().instant())) {
            Page page = open(context);
            says(page, texts.text("sign-in.first"));
            assertThat(button(page)).hasText(texts.text("sign-in.go"));
            TestBrowser.look(page, reader, "sign-in");

            page.navigate(button(page).getAttribute("href") + "?again=true");
            atProvider(page, "1002");

            assertThat(page.locator("#standing")).hasText(texts.text("standing.none"));
            assertThat(page.url()).isEqualTo(address);
            page.reload();
            assertThat(page.locator("#standing")).isVisible();
            page.locator("#out").click();
            says(page, texts.text("sign-in.is-out"));
            TestBrowser.look(page, reader, "sign-in-out");
            page.reload();
            says(page, texts.text("sign-in.first"));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aSignInThatIsTooOldIsMadeAgainFromTheMessage() {
        Instant begun = host.clock().instant();
        String handle = host.database().scalar("SELECT handle FROM users WHERE id = 1003");
        PageTexts texts = PageTexts.of("en");
        try (BrowserContext context = browser.context(Reader.ENGLISH, begun)) {
            Page page = open(context);
            page.navigate(button(page).getAttribute("href") + "?again=true");
            atProvider(page, "1003");
            assertThat(page.locator("#standing")).isVisible();
            host.clock().advance(Duration.ofMinutes(11));
            deleteData(page, handle);
            says(page, texts.text("sign-in.too-old"));
            TestBrowser.look(page, Reader.ENGLISH, "sign-in-again");
            button(page).click();
            atProvider(page, "1003");
            assertThat(page.locator("#standing")).isVisible();
            deleteData(page, handle);
            says(page, texts.beginning("leave.asked"));
        } finally {
            host.clock().set(begun);
        }
    }

    private static void deleteData(Page page, String handle) {
        page.locator("#flow-delete-data").click();
        assertThat(page.locator("#confirmation")).isVisible();
        for (Locator tick : page.locator("#confirmation input[type=checkbox]").all()) {
            tick.check();
        }
        page.locator("#typed").fill(handle);
        page.locator("#go").click();
    }

    @Test
    void anotherAccountAsksFirstAndWhatTheProviderRefusesLeavesTheSession() {
        PageTexts texts = PageTexts.of("en");
        try (BrowserContext context =
                browser.context(Reader.ENGLISH, host.clock().instant())) {
            Page page = open(context);
            String begin = button(page).getAttribute("href") + "?again=true";
            page.navigate(begin);
            atProvider(page, "1002");
            assertThat(page.locator("#standing")).isVisible();
            page.navigate(begin);
            atProvider(page, "1005");
            says(page, texts.text("sign-in.another-why"));
            TestBrowser.look(page, Reader.ENGLISH, "sign-in-another");
            page.getByText(texts.text("sign-in.switch")).click();
            says(page, texts.text("sign-in.switched"));

            page.navigate(begin);
            String state = SignInVisitor.parameter(page.url(), "state");
            page.navigate(address.replace("/page", "/sign-in/callback?error=access_denied&state=" + state));
            says(page, texts.text("sign-in.denied"));
            says(page, texts.text("session.still"));
            assertThat(page.locator("#standing")).isVisible();
            assertThat(page.url()).isEqualTo(address);
            TestBrowser.look(page, Reader.ENGLISH, "sign-in-denied");
            page.goBack();
            page.goForward();
            assertThat(page.locator("#standing")).isVisible();

            page.navigate(begin);
            atProvider(page, "990990");
            says(page, texts.text("sign-in.unknown"));
            assertThat(button(page)).hasText(texts.text("sign-in.again"));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aDoubleClickSignsInOnce() {
        try (BrowserContext context =
                browser.context(Reader.GERMAN, host.clock().instant())) {
            Page page = open(context);
            button(page).dblclick();
            assertThat(page.getByText(PageTexts.of("de").text("sign-in.unknown"))
                            .first())
                    .isVisible(); // asked for nothing, this provider makes a name up
            assertThat(page.url()).isEqualTo(address);
        }
    }
}
