package dev.exeunt.spring;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import dev.exeunt.spring.TestBrowser.Reader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Drives the page for people in a browser, against the real server. */
class PersonPageTest {

    private static TestBrowser browser;
    private static SpringTestApplication host;

    @BeforeAll
    static void start() {
        browser = TestBrowser.start();
        host = SpringTestApplication.with("guild-platform", """
                INSERT INTO users (id, email, handle)
                SELECT k, 'p' || k || '@x.test', 'p' || k FROM generate_series(700001, 700020) k;
                INSERT INTO profiles (user_id, display_name) SELECT k, 'P' FROM generate_series(700001, 700020) k;
                INSERT INTO guilds (id, name, requires_data, founded_at) VALUES (7001, '<img src=x onerror=alert(1)>', true, now());
                INSERT INTO guild_members (guild_id, user_id, role, joined_at)
                SELECT 7001, k, 'member', now() FROM generate_series(700001, 700020) k;
                """);
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

    /** Shows the page to one person, who came by a link of the application. */
    private record Visit(Reader reader, PageTexts texts, BrowserContext context, Page page) implements AutoCloseable {

        static Visit of(Reader reader, String key) {
            BrowserContext context = browser.context(reader, host.clock().instant());
            Page page = context.newPage();
            page.navigate(address() + "#enter=" + AttackerAccount.entry(host, key));
            return new Visit(reader, PageTexts.of(reader.language()), context, page);
        }

        static String address() {
            return "http://127.0.0.1:" + host.port() + "/account/page";
        }

        Locator button(String key) {
            return page.getByRole(
                    AriaRole.BUTTON,
                    new Page.GetByRoleOptions().setName(texts.text(key)).setExact(true));
        }

        Locator confirmation() {
            return page.locator("#confirmation");
        }

        Locator go(String key) {
            return confirmation()
                    .getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions()
                                    .setName(texts.text(key))
                                    .setExact(true));
        }

        Locator status() {
            return page.getByRole(AriaRole.STATUS);
        }

        Locator alert() {
            return page.getByRole(AriaRole.ALERT);
        }

        void says(Locator where, String key) {
            assertThat(where.filter(new Locator.FilterOptions().setHasText(texts.beginning(key)))
                            .first())
                    .isVisible();
        }

        void standing(String key) {
            assertThat(page.locator("#standing")).containsText(texts.beginning(key));
        }

        void look(String state) {
            TestBrowser.look(page, reader, state);
        }

        @Override
        public void close() {
            context.close();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static String next(Reader reader, int journey) {
        return Integer.toString(700001 + journey * 3 + readers().toList().indexOf(reader));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aPersonFetchesACopy(Reader reader) {
        try (Visit visit = Visit.of(reader, next(reader, 0))) {
            visit.standing("standing.none");
            assertThat(visit.page()).hasTitle(visit.texts().text("title"));
            assertThat(visit.page().url()).isEqualTo(Visit.address());
            assertThat(visit.page().evaluate("document.documentElement.lang + document.documentElement.dir"))
                    .isEqualTo(reader.language() + (reader == Reader.ARABIC ? "rtl" : "ltr"));
            visit.look("start");
            chooseAllButTheFirst(visit);

            visit.button("copy.ask").click();

            Locator link = visit.page().locator("#download");
            assertThat(link).isVisible();
            visit.says(visit.status(), "copy.ready");
            assertThat(visit.page().locator("#only")).containsText(visit.texts().beginning("copy.only"));
            visit.look("copy-ready");
            Download download = visit.page().waitForDownload(link::click);
            assertThat(download.suggestedFilename()).startsWith("guild-export-").endsWith(".zip");
            visit.button("copy.ask")
                    .click(new Locator.ClickOptions().setForce(true)); // it says that it is disabled, and why
            visit.says(visit.alert(), "copy.again");
        }
    }

    /** By the keyboard alone. A copy of nothing is not asked for. */
    private static void chooseAllButTheFirst(Visit visit) {
        Locator choice = visit.page().locator("#choice");
        Locator ticks = choice.locator("input");
        assertThat(ticks.first()).isHidden();
        choice.locator("summary").focus();
        visit.page().keyboard().press("Enter");
        assertThat(choice.locator("legend")).hasText(visit.texts().text("copy.sections"));
        assertThat(ticks.first()).isChecked();
        visit.look("choice");
        for (Locator tick : ticks.all()) {
            visit.page().keyboard().press("Tab");
            assertThat(tick).isFocused();
            visit.page().keyboard().press(" ");
            assertThat(tick).not().isChecked();
        }
        visit.button("copy.ask").click();
        visit.says(visit.alert(), "copy.none");
        ticks.all().stream().skip(1).forEach(Locator::check);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aPersonLeavesAndTakesItBack(Reader reader) {
        String key = next(reader, 1);
        try (Visit visit = Visit.of(reader, key)) {
            visit.button("flow.deactivate").click();
            assertThat(visit.confirmation()).isVisible();
            assertThat(visit.page().locator("#chosen")).isFocused();
            assertThat(visit.confirmation()).containsText("<img src=x onerror=alert(1)>");
            visit.look("preview");

            visit.go("flow.deactivate").click();
            visit.says(visit.alert(), "leave.tick");
            assertThat(visit.page().locator("#tick-0")).isFocused();
            visit.page().locator("#tick-0").check();
            visit.page().locator("#typed").fill("another");
            visit.go("flow.deactivate").click();
            visit.says(visit.alert(), "refused.unconfirmed");
            assertThat(visit.page().locator("#typed")).isFocused();
            visit.look("faults");

            visit.page().locator("#typed").fill("p" + key);
            visit.go("flow.deactivate").dblclick();
            visit.says(visit.status(), "leave.asked");
            visit.standing("standing.deactivate");
            assertThat(visit.page()
                            .locator("li")
                            .filter(new Locator.FilterOptions()
                                    .setHasText(visit.texts().text("state.scheduled"))))
                    .hasCount(1);
            visit.look("scheduled");

            visit.button("back.reactivate").click();
            visit.says(visit.status(), "back.done");
            visit.standing("standing.none");
            visit.look("taken-back");
        }
    }

    @Test
    void theBackButtonAndAnotherTabChangeNothing() {
        try (Visit visit = Visit.of(Reader.ENGLISH, next(Reader.ENGLISH, 2))) {
            visit.button("flow.delete-data").click();
            assertThat(visit.confirmation()).isVisible();
            visit.page().goBack();
            assertThat(visit.confirmation()).isHidden();
            assertThat(visit.page().url()).isEqualTo(Visit.address());
            visit.button("flow.delete-data").click();
            visit.button("leave.no").click();
            assertThat(visit.confirmation()).isHidden();
            assertThat(visit.button("flow.delete-data")).isFocused();

            Page other = visit.context().newPage();
            other.navigate(Visit.address());
            other.locator("#out").click();
            assertThat(other.getByText(visit.texts().text("session.is-out"))).isVisible();
            visit.button("copy.ask").click();
            assertThat(visit.page().getByText(visit.texts().text("session.over")))
                    .isVisible();
            visit.look("session-over");
        }
    }

    @Test
    void aLostNetworkIsSaidAndLookedAtAgain() {
        String key = next(Reader.ENGLISH, 3);
        try (Visit visit = Visit.of(Reader.ENGLISH, key)) {
            visit.standing("standing.none");
            visit.context().setOffline(true);
            visit.button("flow.delete-data").click();
            visit.says(visit.alert(), "refused.offline");
            visit.look("offline");
            visit.context().setOffline(false);
            visit.button("flow.delete-data").click();
            visit.page().locator("#tick-0").check();
            visit.page().locator("#typed").fill("p" + key);
            visit.page().route("**/account/data-deletion", PersonPageTest::arriveWithoutAnAnswer);
            visit.go("flow.delete-data").click();
            visit.says(visit.alert(), "refused.lost");
            assertThat(visit.page().locator("#standing")).hasText(visit.texts().text("standing.unknown"));
            visit.look("lost");

            visit.page().unroute("**/account/data-deletion");
            visit.button("refused.look-again").click();

            visit.standing("standing.delete-data");
            assertThat(visit.confirmation()).isHidden();
        }
    }

    @Test
    void anAccountThatGoesAtOnceLeavesTheReceipt() {
        try (SpringTestApplication atOnce = SpringTestApplication.of("prediction-market");
                BrowserContext context =
                        browser.context(Reader.GERMAN, atOnce.clock().instant())) {
            Page page = context.newPage();
            page.navigate(
                    "http://127.0.0.1:" + atOnce.port() + "/account/page#enter=" + AttackerAccount.entry(atOnce, "6"));
            page.locator("#flow-delete-account").click();
            assertThat(page.locator("#confirmation"))
                    .containsText("Es geschieht sofort und lässt sich nicht zurücknehmen.");
            page.locator("#go").click();
            assertThat(page.getByText("Ihr Konto ist gelöscht. Das ist geschehen:"))
                    .isVisible();
            TestBrowser.look(page, Reader.GERMAN, "erased");
            page.locator("#message a").first().click();
            assertThat(page.getByText("Was aus Ihrem Wunsch geworden ist")).isVisible();
            atOnce.database().execute("""
                    INSERT INTO exeunt.file_erasure (erasure, recorded_at, deleted, in_use, missing, refused)
                    SELECT (receipt ->> 'receipt')::uuid, now(), 1203, 2, 3, 1 FROM exeunt.request""");
            readReceipt(page.url(), atOnce.clock().instant());
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** Its link is for the person alone, who may read it in another browser and language. */
    private static void readReceipt(String link, Instant now) {
        Map<Reader, String> titles = Map.of(
                Reader.ENGLISH, "What became of your request",
                Reader.GERMAN, "Was aus Ihrem Wunsch geworden ist",
                Reader.ARABIC, "ما آل إليه طلبك");
        titles.forEach((reader, title) -> {
            try (BrowserContext context = browser.context(reader, now)) {
                Page receipt = context.newPage();
                receipt.navigate(link);
                assertThat(receipt).hasTitle(title);
                assertThat(receipt.locator("table")).isVisible();
                assertThat(receipt.locator("section[aria-labelledby=files-title] li"))
                        .hasCount(4);
                TestBrowser.look(receipt, reader, "receipt");
            }
        });
    }

    @Test
    void whatHoldsUpARequestIsSaid() {
        String key = "700019";
        assertThat(host.post("/account/data-deletion", host.fresh(key), body(key))
                        .status())
                .isEqualTo(202);
        try (Visit visit = Visit.of(Reader.GERMAN, key)) {
            visit.standing("standing.delete-data");
            host.bean(LegalHolds.class).place(NewLegalHold.on(key, "lawsuit").telling(), Actor.staff("kim"));
            visit.page().reload();
            visit.standing("standing.held");
            visit.look("held");
            for (String state : List.of("blocked", "failed", "erasing")) {
                host.database()
                        .execute("UPDATE exeunt.request SET state = '" + state + "' WHERE subject = ARRAY['" + key
                                + "']");
                visit.page().reload();
                visit.standing("flow.delete-data");
                visit.standing("state." + state);
                visit.look(state);
            }
            assertThat(visit.button("back.take")).isHidden();
        }
    }

    private static String body(String key) {
        String digest =
                host.get("/account/preview?flow=delete-data", host.fresh(key)).at("digest");
        return "{\"confirm\": \"p" + key + "\", \"acknowledge\": \"" + digest + "\"}";
    }

    /** The server does what is asked, and the network breaks before the answer. */
    private static void arriveWithoutAnAnswer(Route route) {
        Map<String, String> headers = route.request().headers();
        String key = headers.entrySet().stream()
                .filter(header ->
                        header.getKey().endsWith("dempotency-key")) // the first letter depends on the tests' language
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        host.send(
                "POST",
                "/account/data-deletion",
                null,
                route.request().postData(),
                "Cookie",
                route.request().headerValue("cookie"),
                "X-Exeunt-Csrf",
                headers.get("x-exeunt-csrf"),
                "Idempotency-Key",
                key);
        route.abort();
    }

    @Test
    void aClockThatIsWrongDoesNotMatter() {
        Reader reader = Reader.ENGLISH;
        try (BrowserContext context =
                browser.context(reader, host.clock().instant().plus(Duration.ofDays(400)))) {
            Page page = context.newPage();
            page.navigate(Visit.address() + "#enter=" + AttackerAccount.entry(host, next(reader, 4)));
            page.locator("#ask").click();
            assertThat(page.locator("#download")).isVisible();
            assertThat(page.locator("#copy")).containsText("in 24 hours");
        }
    }

    @Test
    void aLinkForAnotherAccountAsksFirst() {
        try (Visit visit = Visit.of(Reader.ENGLISH, next(Reader.ENGLISH, 5))) {
            visit.standing("standing.none");
            Page second = visit.context().newPage();
            second.navigate(Visit.address() + "#enter=" + AttackerAccount.entry(host, next(Reader.GERMAN, 5)));
            assertThat(second.getByText(visit.texts().text("session.another-why")))
                    .isVisible();
            TestBrowser.look(second, Reader.ENGLISH, "another-account");
            second.getByText(visit.texts().text("session.switch")).click();
            assertThat(second.getByText(visit.texts().text("session.switched"))).isVisible();

            Page third = visit.context().newPage();
            third.navigate(Visit.address() + "#enter=no.such.token");
            assertThat(third.getByText(visit.texts().text("session.link-over"))).isVisible();
            assertThat(third.locator("#standing")).isVisible();
        }
    }

    @Test
    void everythingIsReachedByKeyboard() {
        String key = "700020";
        try (Visit visit = Visit.of(Reader.ENGLISH, key)) {
            visit.standing("standing.none");
            for (String place : List.of("#choice summary", "#ask", "#flow-delete-data")) {
                visit.page().keyboard().press("Tab");
                assertThat(visit.page().locator(place)).isFocused();
            }
            visit.page().keyboard().press("Enter");
            assertThat(visit.page().locator("#chosen")).isFocused();
            visit.page().keyboard().press("Tab");
            visit.page().keyboard().press("Space");
            visit.page().keyboard().press("Tab");
            visit.page().keyboard().type("p" + key);
            visit.page().keyboard().press("Enter");
            visit.says(visit.status(), "leave.asked");
            assertThat(visit.page().locator("exeunt-account #message")).isFocused();
        }
    }

    @Test
    void thePageAsksNoOtherServer() {
        try (Visit visit = Visit.of(Reader.ENGLISH, "1003")) {
            visit.standing("standing.none");
            List<String> called = new ArrayList<>();
            visit.page().onRequest(request -> called.add(request.url()));
            visit.page().reload();
            visit.standing("standing.none");
            assertThat(called)
                    .isNotEmpty()
                    .allMatch(url -> url.startsWith("http://127.0.0.1:" + host.port() + "/account"));
        }
    }
}
