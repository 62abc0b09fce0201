package dev.exeunt.spring;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.exeunt.spring.TestBrowser.Reader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Embeds the elements in a page of another origin, which hands over a token and has a strict policy of its own. */
class EmbeddedElementsTest {

    private static final String CLEO = "a0000000-0000-4000-8000-000000000003";
    private static final String EVA = "a0000000-0000-4000-8000-000000000005";

    private static TestBrowser browser;
    private static HttpServer application;
    private static SpringTestApplication host;

    @BeforeAll
    static void start() throws IOException {
        browser = TestBrowser.start();
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/", EmbeddedElementsTest::answer);
        application.start();
        host = SpringTestApplication.of("task-planner", Map.of("exeunt.embed-origins", origin("127.0.0.1")));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            application.stop(0);
            host.close();
        }
    }

    private static String origin(String name) {
        return "http://" + name + ":" + application.getAddress().getPort();
    }

    private static String server() {
        return "http://127.0.0.1:" + host.port();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean script = path.equals("/app.js");
        byte[] bytes = (script
                        ? script(exchange.getRequestURI().getQuery())
                        : page(exchange.getRequestURI().getQuery()))
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", script ? "text/javascript" : "text/html;charset=UTF-8");
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self' " + server() + "; connect-src " + server());
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String page(String token) {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Planner</title>
                <script src="%s/account/exeunt.js" defer></script>
                <script src="/app.js?%s" defer></script></head>
                <body><main><h1>Planner</h1>
                <exeunt-banner base="%1$s/account"></exeunt-banner>
                <exeunt-account base="%1$s/account"></exeunt-account>
                </main></body></html>
                """.formatted(server(), token);
    }

    /** The first token is not valid: the element asks for another. */
    private static String script(String token) {
        return """
                for (const element of document.querySelectorAll('exeunt-account, exeunt-banner')) {
                  element.token = again => again ? '%s' : 'an.old.one';
                  element.texts = { en: { 'leave.heading': 'Goodbye' } };
                }
                """.formatted(token);
    }

    private static Page open(BrowserContext context, String origin, String person) {
        Page page = context.newPage();
        page.navigate(origin + "/?" + host.fresh(person));
        return page;
    }

    @Test
    void aPersonLeavesInsideTheApplicationAndTakesItBackByTheBanner() {
        try (BrowserContext context =
                browser.context(Reader.ENGLISH, host.clock().instant())) {
            Page page = open(context, origin("127.0.0.1"), EVA);
            assertThat(page.getByText("Goodbye")).isVisible();
            assertThat(page.locator("exeunt-banner [part=banner]")).hasCount(0);
            page.locator("#ask").click();
            Download copy = page.waitForDownload(() -> page.locator("#download").click());
            assertThat(copy.suggestedFilename()).startsWith("planner-export-");

            page.locator("#flow-delete-account").click();
            page.locator("#typed").fill("eva@planner.example");
            page.locator("#go").click();
            assertThat(page.locator("#standing")).containsText("Your account will be deleted on");
            TestBrowser.look(page, Reader.ENGLISH, "embedded");

            page.reload();
            page.locator("exeunt-banner #back").click();
            assertThat(page.locator("exeunt-banner").getByText("Taken back.")).isVisible();
            page.reload();
            assertThat(page.locator("#standing")).containsText("Nothing is going to happen");
            assertThat(context.cookies()).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whatStandsInTheWayHasAWayOut() {
        try (BrowserContext context =
                browser.context(Reader.ENGLISH, host.clock().instant())) {
            Page page = open(context, origin("127.0.0.1"), CLEO);
            page.locator("#flow-delete-account").click();
            assertThat(page.locator("#obstacles")).containsText("You are the only owner of");
            assertThat(page.locator("#obstacles a").first()).hasAttribute("href", Pattern.compile("/o/.+/members"));
            assertThat(page.locator("#go")).isDisabled();
            TestBrowser.look(page, Reader.ENGLISH, "obstacle");
        }
    }

    @Test
    void anApplicationWithoutATokenIsNoLostRequest() {
        try (BrowserContext context =
                browser.context(Reader.ENGLISH, host.clock().instant())) {
            Page page = open(context, origin("127.0.0.1"), EVA);
            assertThat(page.locator("#ask")).isVisible();
            page.evaluate(
                    "() => { document.querySelector('exeunt-account').token = () => Promise.reject(new Error('gone')); }");
            page.locator("#ask").click();
            assertThat(page.locator("exeunt-account").getByText("Nothing was changed."))
                    .isVisible();
            assertThat(page.getByText("We do not know whether")).isHidden();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aPageOfAnOriginThatIsNotNamedGetsNoAnswer() {
        try (BrowserContext context =
                browser.context(Reader.ENGLISH, host.clock().instant())) {
            Page page = open(context, origin("localhost"), EVA);
            assertThat(page.getByText("There is no connection at the moment.")).isVisible();
            browser.complaints().removeIf(complaint -> complaint.contains("blocked by CORS policy"));
        }
    }
}
