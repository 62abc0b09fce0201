package dev.exeunt.spring;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.exeunt.spring.TestBrowser.Reader;
import dev.exeunt.testkit.TestPicture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Opens the page of a bundle from its folder, as a person does who has extracted it, and reads real exported rows there. */
class BundleInBrowserTest {

    private static final String SCHEMA = """
            CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, name text, born date, newsletter boolean,
                settings jsonb, joined timestamptz, reminder timestamp, secret text);
            INSERT INTO users VALUES (1, 'ada@example.org', 'Ada Löwe', '1985-03-12', true,
                '{"theme": "dark", "daily": 19.90, "languages": ["de", "en"]}', '2024-02-29 08:30:00.123456+00',
                '2024-03-01 09:00', 'hash');
            CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, item text, price numeric(8,2),
                note text, paid boolean, placed timestamptz);
            INSERT INTO orders SELECT 9007199254740992 + n, 1, 'item ' || n, (n * 37 % 1000) + 0.90,
                CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE repeat('please leave it with the neighbours ', 4) END,
                n % 2 = 0, '2026-01-01 10:00+00'::timestamptz + n * interval '1 hour' FROM generate_series(1, 9000) n;
            CREATE TABLE drafts (id int PRIMARY KEY, user_id bigint NOT NULL REFERENCES users);
            CREATE TABLE pets (id int PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, name text, photo text, papers text[]);
            INSERT INTO pets VALUES (1, 1, 'Rex', 'rex.png', '{pass.pdf,gone.pdf}'), (2, 1, 'Tom', 'tom', '{note.svg}'),
                (3, 1, 'Spy', '../users.txt', NULL), (4, 1, 'Not a picture', 'page.png', '{}');
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables:
              users:
                erase: delete
                title: { en: Your profile, de: Ihr Profil, ar: ملفك الشخصي }
                means: { en: Who you are here., de: Wer Sie hier sind., ar: من أنت هنا. }
                export: { except: [secret] }
              orders: { subject: user_id, erase: delete, title: { en: Your orders, de: Ihre Bestellungen, ar: طلباتك } }
              drafts: { subject: user_id, erase: delete }
              pets:
                subject: user_id
                files: { photo: uploads, papers: uploads }
                erase: delete
                title: { en: Your pets, de: Ihre Haustiere, ar: حيواناتك }
            """;

    @RegisterExtension
    static final BundleReader READER = new BundleReader(
            SCHEMA,
            MAP,
            Map.of(
                    "rex.png", TestPicture.png(60, 40),
                    "tom", TestPicture.jpeg(40, 60),
                    "page.png", bytes("<script>document.title = 'ran'</script>"),
                    "pass.pdf", bytes("%PDF-1.4"),
                    "note.svg", bytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static Stream<Reader> readers() {
        return Stream.of(Reader.ENGLISH, new Reader("en-GB", true, 1280), Reader.GERMAN, Reader.ARABIC);
    }

    private static void look(Page page, Reader reader, String state) {
        assertThat(READER.browser().complaints()).isEmpty();
        TestBrowser.look(page, reader, state);
        READER.browser()
                .complaints()
                .clear(); // the test of accessibility tries to read the style, which the page's policy forbids
    }

    private static Page open(String address) {
        return READER.open(Reader.ENGLISH, address);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator lines(Page page) {
        return page.locator("tbody tr:not([hidden])");
    }

    private static Locator cell(Page page, int line, int column) {
        return lines(page).nth(line).locator("td").nth(column);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aPersonReadsTheirData(Reader reader) {
        Page page = READER.open(reader, READER.bundle().address());
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.evaluate("document.documentElement.lang + document.documentElement.dir"))
                .isEqualTo(reader.language() + (reader == Reader.ARABIC ? "rtl" : "ltr"));
        assertThat(page.locator(".cards li")).hasCount(3);
        look(page, reader, "bundle-overview");

        page.locator(".cards a[href='#section/orders']").click();
        assertThat(lines(page)).hasCount(50);
        assertThat(page.locator("h1")).isFocused();
        look(page, reader, "bundle-section");

        page.locator("tbody .open").nth(1).click();
        assertThat(page.locator("dialog h2")).isFocused();
        assertThat(page.locator("dialog dd").first()).hasText("9007199254740994");
        look(page, reader, "bundle-entry");
    }

    @Test
    void timesAreTheReadersAndNoValueIsNotAnEmptyText() {
        Page page = open(READER.bundle().section("users"));
        page.locator("tbody .open").click();
        Locator entry = page.locator("dialog dl");
        assertThat(entry).containsText("29 Feb 2024, 09:30:00"); // in Vienna
        assertThat(entry).containsText("stored as 2024-02-29T08:30:00.123456+00:00");
        assertThat(entry).containsText("1 Mar 2024, 09:00:00");
        assertThat(entry).containsText("12 Mar 1985");
        assertThat(entry).containsText("\"daily\": 19.90");
        assertThat(entry).not().containsText("hash");

        page.navigate(READER.bundle().section("orders"));
        assertThat(cell(page, 0, 4)).containsText("empty text");
        assertThat(cell(page, 2, 4)).containsText("no value");
    }

    @ParameterizedTest
    @MethodSource("readers")
    void filesThatRowsNameAreShownAndThoseThatAreNotThereAreExplained(Reader reader) {
        Page page = READER.open(reader, READER.bundle().section("pets"));
        assertThat(cell(page, 0, 3).locator("img")).hasJSProperty("naturalWidth", 60);
        assertThat(cell(page, 1, 3).locator("img")).hasJSProperty("naturalWidth", 40);
        assertThat(cell(page, 0, 4).locator("a")).hasText("pass.pdf");
        assertThat(cell(page, 0, 4).locator("a")).hasAttribute("href", "files/pets/0005.pdf");
        assertThat(cell(page, 0, 4).locator("small").last()).hasText(said(page, "named.missing"));
        assertThat(cell(page, 1, 4)).containsText("files/pets/0004.svg");
        assertThat(cell(page, 2, 3)).containsText("../users.txt" + said(page, "named.refused"));
        assertThat(cell(page, 3, 3).locator("a")).hasText("page.png");
        assertThat(page.locator("tbody a")).hasCount(2);
        assertThat(page.locator("tbody img")).hasCount(2);
        look(page, reader, "bundle-files");

        page.locator("tbody .open").first().click();
        assertThat(page.locator("dialog img")).hasJSProperty("naturalWidth", 60);
        assertThat(page.locator("dialog dd a")).hasText(new String[] {"rex.png", "pass.pdf"});
        look(page, reader, "bundle-files-entry");
    }

    /** What the page says in its language. */
    private static String said(Page page, String key) {
        return (String) page.evaluate("key => exeunt.texts[document.documentElement.lang][key]", key);
    }

    @Test
    void rowsAreSortedFilteredAndFound() {
        Page page = open(READER.bundle().section("orders"));
        button(page, "Price").click();
        assertThat(page.locator("th[aria-sort=ascending]")).hasText("Price▲");
        assertThat(cell(page, 0, 3)).hasText("0.90");
        button(page, "Price").click();
        assertThat(cell(page, 0, 3)).hasText("999.90");
        button(page, "Price").click();
        assertThat(page.locator("th[aria-sort]")).hasCount(0);
        button(page, "Placed").click();
        button(page, "Placed").click();
        assertThat(cell(page, 0, 2)).hasText("item 9000");

        Locator field = page.getByRole(AriaRole.SEARCHBOX);
        field.fill("ITEM 8999");
        assertThat(lines(page)).hasCount(1);
        field.fill("ítem 77");
        field.press("Enter");
        assertThat(page.locator(".found")).containsText("111 entries hold");
        assertThat(cell(page, 0, 2)).hasText("item 77");
        button(page, "Next").first().click();
        assertThat(page.locator("caption")).containsText("51 to 100 of 111");
        button(page, "Show all entries again").click();
        assertThat(page.locator("caption")).containsText("of 9,000");
    }

    @Test
    void aSearchCanBeStoppedAndGoesThroughAllSections() {
        Page page = open(READER.bundle().section("orders"));
        assertThat(lines(page)).hasCount(50);
        page.getByRole(AriaRole.SEARCHBOX).fill("item");
        page.evaluate("document.querySelector('form').requestSubmit(); document.querySelector('.busy button').click()");
        assertThat(page.locator(".found")).containsText("The search was stopped.");
        assertThat(page.locator(".busy")).isHidden();

        page.navigate(READER.bundle().address() + "#");
        page.getByRole(AriaRole.SEARCHBOX).fill("19.90");
        page.getByRole(AriaRole.SEARCHBOX).press("Enter");
        assertThat(page.locator(".results .found")).containsText("91 entries hold");
        page.locator(".results a")
                .filter(new Locator.FilterOptions().setHasText("Your profile"))
                .click();
        assertThat(lines(page)).hasCount(1);
    }

    @Test
    void everythingIsReachedByKeyboard() {
        Page page = open(READER.bundle().address());
        assertThat(page.locator("h1")).isVisible();
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).isFocused();
        page.keyboard().press("Tab");
        page.keyboard().type("item 4711");
        page.keyboard().press("Enter");
        assertThat(page.locator(".results a")).isVisible();
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator(".found")).containsText("1 entry holds");
        assertThat(page.locator("h1")).isFocused();

        page.locator("button.sort").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("button.sort").first()).isFocused();
        page.locator("tbody .open").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog h2")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("tbody .open")).isFocused();
    }

    @Test
    void printShowsTheRowsAndNothingToPress() {
        Page page = open(READER.bundle().section("orders"));
        assertThat(lines(page)).hasCount(50);
        TestBrowser.showAsPrinted(page);
        assertThat(page.locator("h1")).isVisible();
        assertThat(lines(page).last()).isVisible();
        for (String hidden : List.of(".top", ".side", ".finder", ".pager", ".files")) {
            assertThat(page.locator(hidden)).isHidden();
        }
        String screenshots = System.getProperty("exeunt.screenshots");
        if (screenshots != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(screenshots, "bundle-print.png"))
                    .setFullPage(true));
        }
    }
}
