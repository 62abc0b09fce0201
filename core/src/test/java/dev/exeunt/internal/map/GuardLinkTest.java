package dev.exeunt.internal.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.SeededRandom;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a guard's link leads is the map's to say, whatever stands in the guard's row. */
class GuardLinkTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/o/{slug}/members",
                "/o/{slug}/",
                "/o/{slug}?tab={tab}#{part}",
                "/login?next=https://x.example//y",
                "https://shop.example",
                "http://shop.example:8080/o/{slug}",
                "https://shop.example?o={slug}",
                "/o/x{{y}}/{slug}-{id}.html"
            })
    void leadsWithinTheApplicationOrToAHostThatIsWrittenOut(String link) {
        assertThat(GuardLink.wellFormed(link)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "o/{slug}",
                "{url}",
                "//evil.example/{id}",
                "/\\evil.example",
                "\\\\evil.example",
                "/o\\..\\{id}",
                "/o//{id}",
                "/\t/evil.example",
                "/ /evil.example",
                "javascript:alert(1)",
                "javascript:/x",
                "data:text/html,x",
                "ftp://x.example/{id}",
                "https:/x.example",
                "https:x.example",
                "https://{host}/x",
                "https://{tenant}.x.example/",
                "https://user@x.example/",
                "HTTPS:\\\\x.example",
                "/o/{",
                "https://x.example//y"
            })
    void everythingElseIsRefused(String link) {
        assertThat(GuardLink.wellFormed(link)).isFalse();
        assertThat(GuardLink.filled(link, Map.of("id", "1", "slug", "s", "url", "/x", "host", "h", "tenant", "t")))
                .isEmpty();
    }

    @Test
    void valuesArePercentEncoded() {
        assertThat(GuardLink.filled("/o/{slug}/m?n={slug}", Map.of("slug", "a/b c?d#e&f=\"<é>%\\\n")))
                .hasValue("/o/a%2Fb%20c%3Fd%23e%26f%3D%22%3C%C3%A9%3E%25%5C%0A/m?n="
                        + "a%2Fb%20c%3Fd%23e%26f%3D%22%3C%C3%A9%3E%25%5C%0A");
        assertThat(GuardLink.filled("/x{{y}}/{id}", Map.of("id", "7"))).hasValue("/x%7By%7D/7");
    }

    @Test
    void whatAValueWouldMakeAnotherAddressIsNoLink() {
        assertThat(GuardLink.filled("/{slug}/x", Map.of("slug", ""))).isEmpty();
        assertThat(GuardLink.filled("/o/{slug}/x", Map.of("slug", ".."))).isEmpty();
        assertThat(GuardLink.filled("/o/{slug}", Map.of("slug", "."))).isEmpty();
        assertThat(GuardLink.filled("/o/.{slug}/x", Map.of("slug", "."))).isEmpty();
        assertThat(GuardLink.filled("/o/{slug}/x", Map.of())).isEmpty();
        assertThat(GuardLink.filled("/o?x={slug}", Map.of("slug", "../.."))).hasValue("/o?x=..%2F..");
    }

    @Test
    void noValueLeadsToAnotherHostOrPath() {
        SeededRandom dice = new SeededRandom(6);
        URI page = URI.create("https://app.example/account");
        for (int n = 0; n < 10_000; n++) {
            String value = Stream.generate(() -> dice.one(
                            "/",
                            "\\",
                            "..",
                            ".",
                            "//evil.example",
                            "http:",
                            "javascript:",
                            "@",
                            ":",
                            "?",
                            "#",
                            "%2f",
                            "\t",
                            "\n",
                            "\u0000",
                            "é",
                            "{id}",
                            "x",
                            "\ufeff",
                            "%"))
                    .limit(dice.below(5))
                    .reduce("", String::concat);
            for (String link : new String[] {"/o/{id}/m", "/{id}", "https://app.example/o/{id}", "/{id}/{id}"}) {
                GuardLink.filled(link, Map.of("id", value)).ifPresent(filled -> {
                    URI to = page.resolve(filled).normalize();
                    assertThat(to.getHost()).isEqualTo("app.example");
                    assertThat(to.getScheme()).isEqualTo("https");
                    assertThat(to.getRawPath().split("/", -1))
                            .hasSameSizeAs(
                                    link.replace("https://app.example", "").split("/", -1));
                });
            }
        }
    }
}
