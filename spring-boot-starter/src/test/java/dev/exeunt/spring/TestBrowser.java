package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.deque.html.axecore.results.Rule;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.exeunt.testkit.TestSkip;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Opens pages in the Chromium of this machine as a person has them, and keeps what the browser complains about. With {@code
 * -Dexeunt.screenshots=DIRECTORY} each state that a test looks at is kept as a picture.
 */
final class TestBrowser implements AutoCloseable {

    /** How long a test waits for what it expects, in milliseconds. */
    private static final double PATIENCE = 30_000;

    private static final List<String> PROGRAMS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> SWITCHES = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final String MISSING =
            "no Chromium was found in PATH, so the tests of the page were not run. Debian, Ubuntu:"
                    + " apt-get install chromium. Elsewhere set EXEUNT_CHROMIUM to the program of a Chrome or Chromium.";

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    private TestBrowser(Path program) {
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(SWITCHES));
    }

    /** Skips the test where there is no browser, but fails under {@code CI=true}. */
    static TestBrowser start() {
        Optional<Path> program = program();
        if (program.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(MISSING);
        }
        TestSkip.unless(program.isPresent(), MISSING);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE); // five seconds are too few on a busy machine
        return new TestBrowser(program.orElseThrow());
    }

    private static Optional<Path> program() {
        String named = System.getenv("EXEUNT_CHROMIUM");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> PROGRAMS.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Says how a person reads.
     *
     * @param locale of the browser, as {@code de-AT}
     * @param width of the window in CSS pixels
     */
    record Reader(String locale, boolean dark, int width) {

        static final Reader ENGLISH = new Reader("en-GB", false, 1000);
        static final Reader GERMAN = new Reader("de-AT", true, 390);
        static final Reader ARABIC = new Reader("ar-EG", false, 320);

        String language() {
            return locale.substring(0, 2);
        }
    }

    /**
     * Opens an empty page as a slow phone has it: a round trip of 150 ms, 1.6 Mbit/s down, 0.75 Mbit/s up, and a quarter of this
     * machine's speed. Nothing is cached.
     */
    Page slowPhone() {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(390, 800));
        Page page = context.newPage();
        CDPSession devTools = context.newCDPSession(page);
        JsonObject network = new JsonObject();
        network.addProperty("offline", false);
        network.addProperty("latency", 150);
        network.addProperty("downloadThroughput", 1_600_000 / 8);
        network.addProperty("uploadThroughput", 750_000 / 8);
        devTools.send("Network.enable");
        devTools.send("Network.emulateNetworkConditions", network);
        JsonObject processor = new JsonObject();
        processor.addProperty("rate", 4);
        devTools.send("Emulation.setCPUThrottlingRate", processor);
        return page;
    }

    /** Shows the page as it would be printed. */
    static void showAsPrinted(Page page) {
        JsonObject media = new JsonObject();
        media.addProperty("media", "print"); // Playwright cannot write PRINT where the language of the tests is Turkish
        page.context().newCDPSession(page).send("Emulation.setEmulatedMedia", media);
    }

    BrowserContext context(Reader reader, Instant now) {
        Browser.NewContextOptions options = new Browser.NewContextOptions()
                .setLocale(reader.locale())
                .setTimezoneId("Europe/Vienna")
                .setViewportSize(reader.width(), 900);
        if (reader.dark()) {
            options.setColorScheme(
                    ColorScheme.DARK); // Playwright cannot write LIGHT where the language of the tests is Turkish
        }
        BrowserContext context = browser.newContext(options);
        context.clock().setFixedTime(Date.from(now));
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        context.onWebError(error -> complaints.add(error.error()));
        return context;
    }

    /** Whatever a script threw, and whatever the browser refused by the page's policy. */
    List<String> complaints() {
        return complaints;
    }

    /** Looks at a state as a test of accessibility does, and at whether it fits into the window. */
    static void look(Page page, Reader reader, String state) {
        AxeResults axe = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze();
        assertThat(axe.getViolations())
                .as(state + " " + reader)
                .extracting(rule -> rule.getId() + ": " + rule.getDescription() + nodes(rule))
                .isEmpty();
        assertThat(page.evaluate("document.scrollingElement.scrollWidth"))
                .as("width of " + state + " for " + reader)
                .isEqualTo(reader.width());
        String directory = System.getProperty("exeunt.screenshots");
        if (directory != null) {
            String name =
                    state + "-" + reader.language() + "-" + (reader.dark() ? "dark" : "light") + "-" + reader.width();
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(directory, name + ".png"))
                    .setFullPage(true));
        }
    }

    private static String nodes(Rule rule) {
        return rule.getNodes().stream()
                .map(node -> " " + node.getTarget() + " " + node.getFailureSummary())
                .toList()
                .toString();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
