package dev.exeunt.spring;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.exeunt.spring.TestBrowser.Reader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that no value runs on the page of a bundle, that each is shown exactly, and that the page loads nothing but its files. */
class BundleSafetyTest {

    /** A PNG. */
    private static final String ONE_DOT =
            "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da6364"
                    + "f8cf500f00038601805a347d6b0000000049454e44ae426082";

    /** Two photos fill a data file each. */
    private static final String SCHEMA = """
            CREATE TABLE users (id bigint PRIMARY KEY);
            INSERT INTO users VALUES (1);
            CREATE TABLE photos (id int PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, content text);
            INSERT INTO photos SELECT n, 1, repeat('x', CASE n WHEN 3 THEN 2100000 ELSE 1500000 END) FROM generate_series(1, 3) n;
            CREATE TABLE odd (id numeric PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, "__proto__" text,
                "<b>title" text, extra json, content bytea);
            INSERT INTO odd VALUES
                (9007199254740993, 1, '<script>window.ran = 1</script><img src=x onerror="window.ran = 1">', 'javascript:window.ran=1',
                 '{"__proto__": {"ran": true}, "twice": 1, "twice": 19.90}', '\\x00ff'),
                (19.90, 1, E'abc\\u202Efdp.exe', '`${window.ran = 1}` \\ "', '"\\ud800 \\u0000 \\u202e"', NULL),
                (1e30, 1, 'https://example.org/', E'\\u0645\\u0631\\u062D\\u0628\\u0627',
                 '{"exeunt:file": "../../index.html", "type": "image/png"}', '\\x%s');
            """.replace("%s", ONE_DOT);

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables:
              users: { erase: delete }
              photos: { subject: user_id, erase: delete }
              odd: { subject: user_id, erase: delete }
            """;

    @RegisterExtension
    static final BundleReader READER = new BundleReader(SCHEMA, MAP);

    private static Page open(String address) {
        return READER.open(Reader.ENGLISH, address);
    }

    private static Locator lines(Page page) {
        return page.locator("tbody tr");
    }

    private static Locator cell(Page page, int line, int column) {
        return lines(page).nth(line).locator("td").nth(column);
    }

    @Test
    void valuesAreShownExactlyAndNoneRuns() {
        Page page = open(READER.bundle().section("odd"));
        assertThat(lines(page)).hasCount(3);
        assertThat(cell(page, 0, 0)).hasText("19.90");
        assertThat(cell(page, 0, 2)).hasText("abc\\u202efdp.exe");
        assertThat(cell(page, 0, 3)).hasText("`${window.ran = 1}` \\ \"");
        assertThat(cell(page, 0, 4)).hasText("\\ud800 \\u0000 \\u202e");
        assertThat(cell(page, 1, 0)).hasText("9007199254740993");
        assertThat(cell(page, 1, 2)).hasText("<script>window.ran = 1</script><img src=x onerror=\"window.ran = 1\">");
        assertThat(cell(page, 1, 3)).hasText("javascript:window.ran=1");
        assertThat(cell(page, 1, 4)).hasText("{\"__proto__\": {\"ran\": true}, \"twice\": 1, \"twice\": 19.90}");
        assertThat(cell(page, 1, 5)).containsText("2 bytes");
        assertThat(cell(page, 1, 5).locator("a"))
                .hasAttribute("href", Pattern.compile("files/odd/content-[0-9a-f]{32}\\.bin"));
        cell(page, 2, 5).scrollIntoViewIfNeeded(); // pictures are loaded when they are looked at
        assertThat(cell(page, 2, 5).locator("img")).hasJSProperty("naturalWidth", 1);
        assertThat(cell(page, 2, 2)).hasText("https://example.org/");
        assertThat(page.locator("thead")).containsText("<b>title");
        assertThat(page.locator("table a, table img, table script, table b")).hasCount(2);
        assertThat(page.evaluate("[typeof window.ran, typeof ({}).ran].join()")).isEqualTo("undefined,undefined");
        assertThat(READER.browser().complaints()).isEmpty();
    }

    @Test
    void aPageWithoutItsFilesSaysThatTheArchiveMustBeExtracted() throws IOException {
        Path alone = Files.createDirectory(READER.directory().resolve("alone"));
        Files.copy(READER.bundle().folder().resolve("index.html"), alone.resolve("index.html"));
        Page page = open(new ExtractedBundle(alone).address());
        assertThat(page.getByText("Extract the archive first.")).isVisible();
        assertThat(page.getByText("Entpacken Sie zuerst das Archiv.")).isVisible();

        ExtractedBundle partly = READER.bundle().copy(READER.directory().resolve("partly"));
        Files.delete(partly.folder().resolve("data/photos-0002.js"));
        Files.writeString(
                partly.folder().resolve("data/odd-0001.js"), "exeuntRows(\"odd\",1,String.raw`{\"id\":1},\n{\"id`);");
        page.navigate(partly.section("photos"));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The file data/photos-0002.js is missing.");
        page.navigate(partly.section("odd"));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The file data/odd-0001.js is not complete.");
    }

    @Test
    void nothingIsLoadedFromOutsideTheFolder() {
        Page page = open("about:blank");
        List<String> called = new ArrayList<>();
        page.onRequest(request -> called.add(request.url()));
        page.navigate(READER.bundle().section("odd"));
        assertThat(lines(page)).hasCount(3);
        page.navigate(READER.bundle().section("photos"));
        assertThat(lines(page)).hasCount(3);
        assertThat(cell(page, 2, 0)).containsText("too large to be shown here (2.1 MB). You find it in photos.json.");
        String folder = READER.bundle().folder().toUri().toString();
        assertThat(called).hasSizeGreaterThan(20).allMatch(url -> url.startsWith(folder));
        assertThat(called)
                .allMatch(url -> url.contains("/page/")
                        || url.contains("/data/")
                        || url.contains("/files/odd/")
                        || url.contains("index.html"));

        assertThat(page.evaluate("""
                () => new Promise(done => {
                  addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));
                  document.createElement('img').src = 'http://127.0.0.1:9/value';
                })""")).isEqualTo("img-src");
        assertThat(page.evaluate("""
                () => { try { return document.createElement('script').src = 'data/other.js'; } catch (fault) { return fault.name; } }""")).isEqualTo("TypeError");
        READER.browser().complaints().clear(); // the two above
    }

    @Test
    void theParserReadsWhatJsonIsAndNothingElse() {
        Page page = open(READER.bundle().address());
        Object wrong = page.evaluate("""
                () => {
                const good = ['1', '-0', '1.50', '1e5', '1E+400', '""', '"\\\\u0000\\\\ud800\\\\"\\\\\\\\\\\\/\\\\b"', '[]', '{}', ' [ 1 , 2 ] ',
                    '{"a":[null,true,false]}', '"\\\\ud83d\\\\ude00"', '"\\u00e9\\u2028"', '[[[[]]]]', '\\r\\n{"a"\\t:\\n1}'];
                const bad = ['', '01', '1.', '.5', '+1', '-', 'tru', '"a', '"a\\nb"', '"a\\n"', '"\\\\x"', '"\\\\u12g4"', '[1,]', '{"a"}',
                    '{"a":}', '{,}', '{a:1}', '[1 2]', '1 2', '\\u00a01', '[', '{"a":1', '"\\\\', '{"a":1,}', '--1', '1e', 'NaN'];
                const reads = text => { try { return exeunt.json.parse(text); } catch (fault) { return fault.name; } };
                const same = text => JSON.stringify(JSON.parse(exeunt.json.write(reads(text)))) === JSON.stringify(JSON.parse(text));
                return [...good.filter(text => !same(text)), ...bad.filter(text => reads(text) !== 'SyntaxError')];
                }""");
        assertThat(wrong).isEqualTo(List.of());
        assertThat(page.evaluate(
                        "exeunt.json.write(exeunt.json.parse('{\"__proto__\":1,\"n\":9007199254740993,\"n\":1.0}'))"))
                .isEqualTo("{\"__proto__\": 1, \"n\": 9007199254740993, \"n\": 1.0}");
        assertThat(page.evaluate("exeunt.json.parse('['.repeat(50000) + ']'.repeat(50000)).length"))
                .isEqualTo(1);
        assertThat(page.evaluate("""
                () => {
                const block = new exeunt.Block('{"a":"}\\\\\\\\\\\\"{"},\\n{"b":[{"c":"]"}]},\\n{}');
                return [0, 1, 2].map(row => block.raw(row)).join(' ');
                }""")).isEqualTo("{\"a\":\"}\\\\\\\"{\"} {\"b\":[{\"c\":\"]\"}]} {}");
    }
}
