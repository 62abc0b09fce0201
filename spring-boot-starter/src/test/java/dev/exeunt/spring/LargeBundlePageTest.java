package dev.exeunt.spring;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.exeunt.spring.TestBrowser.Reader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads a bundle with a section of a million rows, whose data files are written as an export writes them. */
@EnabledIfSystemProperty(
        named = "exeunt.long",
        matches = "true",
        disabledReason = "writes 160 MB; run with -Dexeunt.long=true")
class LargeBundlePageTest {

    private static final int MANY = 1_000_000;
    private static final int SOME = 50_000;
    private static final int ROWS_PER_FILE = 6_250;

    @RegisterExtension
    static final BundleReader READER = new BundleReader(
            "CREATE TABLE users (id bigint PRIMARY KEY); INSERT INTO users VALUES (1);",
            "{version: 1, subject: {table: users, key: id}, tables: {users: {erase: delete}}}");

    @BeforeAll
    static void write() throws IOException {
        Path data = READER.bundle().folder().resolve("data");
        Files.writeString(
                data.resolve("bundle.js"),
                "exeuntBundle({\"schema\":1,\"generated\":\"2026-05-03T10:11:12Z\",\"sections\":["
                        + section(data, "many", MANY) + "," + section(data, "some", SOME) + "],\"law\":null});\n");
    }

    private static String section(Path data, String name, int rows) throws IOException {
        int files = rows / ROWS_PER_FILE;
        for (int file = 0; file < files; file++) {
            Path script = data.resolve("%s-%04d.js".formatted(name, file + 1));
            try (BufferedWriter out = Files.newBufferedWriter(script)) {
                out.write("exeuntRows(\"" + name + "\"," + (file + 1) + ",String.raw`");
                for (int row = file * ROWS_PER_FILE; row < (file + 1) * ROWS_PER_FILE; row++) {
                    out.write((row % ROWS_PER_FILE == 0 ? "" : ",\n") + "{\"id\":" + row
                            + ",\"note\":\"Please leave number "
                            + row
                            + " with the neighbours, or behind the house\",\"placed\":\"2026-01-01T10:00:00+00:00\","
                            + "\"paid\":true,\"price\":19.90}");
                }
                out.write("`);");
            }
        }
        String counts = String.join(
                ",", IntStream.range(0, files).mapToObj(f -> "" + ROWS_PER_FILE).toList());
        return ("{\"name\":\"%s\",\"title\":null,\"means\":null,\"rows\":%d,\"files\":%d,\"rowsPerFile\":[%s],\"fileLists\":0,"
                        + "\"heldByOthers\":0,\"columns\":[%s],\"law\":null}")
                .formatted(name, rows, files, counts, String.join(",", columns()));
    }

    private static String[] columns() {
        return new String[] {
            "{\"name\":\"id\",\"type\":\"bigint\",\"kind\":\"number\"}",
            "{\"name\":\"note\",\"type\":\"text\",\"kind\":\"text\"}",
            "{\"name\":\"placed\",\"type\":\"timestamp with time zone\",\"kind\":\"time\"}",
            "{\"name\":\"paid\",\"type\":\"boolean\",\"kind\":\"boolean\"}",
            "{\"name\":\"price\",\"type\":\"numeric(8,2)\",\"kind\":\"number\"}"
        };
    }

    private interface BrowserWork {
        void run();
    }

    private static Duration timed(BrowserWork work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void theFirstRowsOfAMillionAreThereAtOnce() {
        Page page = READER.open(Reader.ENGLISH, "about:blank");
        Duration first = timed(() -> {
            page.navigate(READER.bundle().section("many"));
            assertThat(page.locator("tbody tr")).hasCount(50);
        });
        Duration filtered = timed(() -> {
            page.getByRole(AriaRole.SEARCHBOX).fill("number 17 ");
            assertThat(page.locator("tbody tr:not([hidden])")).hasCount(1);
        });
        Duration last = timed(() -> {
            page.getByRole(AriaRole.SEARCHBOX).fill("");
            page.locator(".pager button").last().click();
            assertThat(page.locator("tbody tr").last()).containsText("number 999999 ");
        });
        tell("first rows " + first.toMillis() + " ms, filter " + filtered.toMillis() + " ms, last page "
                + last.toMillis() + " ms");
        assertThat(first).isLessThan(Duration.ofSeconds(2));
        assertThat(filtered).isLessThan(Duration.ofMillis(300));
        assertThat(READER.browser().complaints()).isEmpty();
    }

    @Test
    void fiftyThousandRowsAreSearchedInASecondTheFirstTimeToo() {
        Page page = READER.open(Reader.ENGLISH, READER.bundle().section("some"));
        assertThat(page.locator("tbody tr")).hasCount(50);
        for (String sought : new String[] {"number 49999 ", "number 31415 "}) {
            page.getByRole(AriaRole.SEARCHBOX).fill(sought);
            Duration search = timed(() -> {
                page.getByRole(AriaRole.SEARCHBOX).press("Enter");
                assertThat(page.locator(".found")).containsText("1 entry holds “" + sought.strip());
            });
            tell("search over 50,000 rows " + search.toMillis() + " ms");
            assertThat(search).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void theSearchOfAMillionRowsShowsHowFarItIsAndCanBeStopped() {
        Page page = READER.open(Reader.ENGLISH, READER.bundle().section("many"));
        assertThat(page.locator("tbody tr")).hasCount(50);
        page.getByRole(AriaRole.SEARCHBOX).fill("neighbours");
        page.getByRole(AriaRole.SEARCHBOX).press("Enter");
        page.waitForFunction("() => document.querySelector('.busy progress').value > 0.02");
        assertThat(page.locator(".busy")).isVisible();
        Duration stop = timed(() -> {
            page.locator(".busy button").click();
            assertThat(page.locator(".found")).containsText("The search was stopped. So far ");
        });
        tell("stopped after " + stop.toMillis() + " ms");
        assertThat(page.locator(".busy")).isHidden();
        assertThat(stop).isLessThan(Duration.ofSeconds(1));
    }

    private static void tell(String measured) {
        System.out.println("a bundle of a million rows: " + measured);
    }
}
