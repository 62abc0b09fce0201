package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Prints how long the page takes on a slow phone until people can use it. {@code -Dexeunt.long=true} loads it eleven times. Asserts that it
 * comes, and no time: a busy machine takes longer.
 */
class PageLoadTimeTest {

    private static final int LOADS = Boolean.getBoolean("exeunt.long") ? 11 : 1;

    /** Notes the milliseconds from the start of the navigation to the frame in which the button for a copy can be pressed. */
    private static final String WATCH = """
            const look = () => {
                const shown = document.querySelector('exeunt-page')?.shadowRoot?.querySelector('exeunt-account')
                    ?.shadowRoot?.querySelector('#ask[aria-disabled=false]');
                if (shown) { window.usableAfter = performance.now(); } else { requestAnimationFrame(look); }
            };
            look();
            """;

    @Test
    void aSlowPhoneShowsThePage() {
        try (TestBrowser browser = TestBrowser.start();
                SpringTestApplication host = SpringTestApplication.with("guild-platform", """
                        INSERT INTO users (id, email, handle) VALUES (700001, 'p@x.test', 'p');
                        INSERT INTO profiles (user_id, display_name) VALUES (700001, 'P');
                        """)) {
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < LOADS; i++) {
                try (Page page = browser.slowPhone()) {
                    page.addInitScript(WATCH);
                    page.navigate("http://127.0.0.1:" + host.port() + "/account/page#enter="
                            + AttackerAccount.entry(host, "700001"));
                    page.locator("#ask[aria-disabled=false]").waitFor();
                    times.add(Math.round(((Number) page.evaluate("window.usableAfter")).doubleValue()));
                    page.context().close();
                }
            }
            List<Long> sorted = times.stream().sorted().toList();
            System.out.println(
                    "usable on a slow phone after " + sorted.get(sorted.size() / 2) + " ms (median of " + sorted + ")");
            assertThat(times).hasSize(LOADS);
        }
    }
}
