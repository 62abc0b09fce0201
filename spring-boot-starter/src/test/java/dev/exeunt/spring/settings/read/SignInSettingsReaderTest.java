package dev.exeunt.spring.settings.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.RecentSignIn;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the settings by which tokens are verified and people sign in on the page. */
class SignInSettingsReaderTest extends SettingsTestCase {

    @Test
    void anAudienceIsRequiredOfAnIssuerAndOfPublishedKeysUnlessAnyIsWritten() throws IOException {
        for (String setting : List.of("exeunt.jwt.issuer", "exeunt.jwt.jwks-uri")) {
            Map<String, Object> file = published(setting, "https://id.example.org");
            assertThat(faults(Map.of(), file))
                    .singleElement()
                    .asString()
                    .contains("exeunt.jwt.audience is not set", "exeunt.jwt.audience=exeunt", "any");
            file.put("exeunt.jwt.audience", "any");
            assertThat(read(Map.of(), file).jwt().audiences()).isEmpty();
            file.put("exeunt.jwt.audience", "exeunt, shop-web");
            assertThat(read(Map.of(), file).jwt().audiences()).containsExactly("exeunt", "shop-web");
            for (String wrong : List.of("any, exeunt", "exeunt,", ",")) {
                file.put("exeunt.jwt.audience", wrong);
                assertThat(faults(Map.of(), file)).as(wrong).hasSize(1);
            }
        }
        assertThat(read(Map.of(), good()).jwt().audiences())
                .as("the application's secret")
                .isEmpty();
    }

    @Test
    void issuerAndKeysAreReadOverHttpsOrFromThisMachine() throws IOException {
        for (String setting : List.of("exeunt.jwt.issuer", "exeunt.jwt.jwks-uri")) {
            for (String bad : List.of(
                    "http://id.example.org",
                    "http://localhost.example.org",
                    "http://127.0.0.1.example.org/",
                    "file:///etc/keys.json",
                    "jar:file:/a.jar!/keys",
                    "ftp://id.example.org/keys",
                    "https:/id.example.org",
                    "id.example.org")) {
                Map<String, Object> file = published(setting, bad);
                file.put("exeunt.jwt.audience", "exeunt");
                assertThat(faults(Map.of(), file))
                        .as(bad)
                        .singleElement()
                        .asString()
                        .startsWith(setting)
                        .contains("https://");
                file.put("exeunt.jwt.insecure-issuer", "true");
                if (bad.startsWith("http://")) {
                    assertThat(read(Map.of(), file).jwt().insecureIssuer()).isTrue();
                } else {
                    assertThat(faults(Map.of(), file)).as(bad).hasSize(1);
                }
            }
            for (String good : List.of("https://id.example.org/x", "http://localhost:8080/x", "http://[::1]:80")) {
                Map<String, Object> file = published(setting, good);
                file.put("exeunt.jwt.audience", "exeunt");
                assertThat(read(Map.of(), file).jwt().given()).isTrue();
            }
        }
    }

    @Test
    void whereTheSecretIsSharedAnIssuerIsAnyText() throws IOException {
        Map<String, Object> file = good();
        file.put("exeunt.jwt.issuer", "the shop");
        assertThat(read(Map.of(), file).jwt().issuer()).isEqualTo("the shop");
    }

    @Test
    void aRecentSignInIsAutoUnlessSet() throws IOException {
        assertThat(read(Map.of(), good()).recentSignIn()).isEqualTo(RecentSignIn.AUTO);
        for (Map.Entry<String, RecentSignIn> each : Map.of(
                        "auto",
                        RecentSignIn.AUTO,
                        "off",
                        RecentSignIn.OFF,
                        "5m",
                        new RecentSignIn(Duration.ofMinutes(5), Duration.ofHours(1), true),
                        "3h",
                        new RecentSignIn(Duration.ofHours(3), Duration.ofHours(3), true))
                .entrySet()) {
            assertThat(read(Map.of("EXEUNT_RECENT_SIGN_IN", each.getKey()), good())
                            .recentSignIn())
                    .isEqualTo(each.getValue());
        }
    }

    @Test
    void thePageSignsPeopleInWhereAClientIsNamed() throws IOException {
        assertThat(read(Map.of(), good()).signIn()).isNull();
        ExeuntSettings.SignInSettings signIn =
                read(Map.of("EXEUNT_SIGN_IN_CLIENT_SECRET", SECRET), signIn()).signIn();
        assertThat(signIn.redirectUri()).hasToString("https://shop.example/account/sign-in/callback");
        assertThat(signIn.scopes()).containsExactly("openid");
        assertThat(signIn.clientSecret().value()).isEqualTo(SECRET);
        assertThat(signIn.toString()).doesNotContain(SECRET);
        Map<String, Object> file = signIn();
        file.remove("exeunt.sign-in.issuer");
        file.remove("exeunt.sign-in.base-url");
        file.remove("exeunt.jwt.secret");
        file.put("exeunt.jwt.issuer", "https://id.example.org/realms/shop");
        file.put("exeunt.jwt.audience", "exeunt");
        file.put("exeunt.mail.host", "smtp.example.org");
        file.put("exeunt.mail.from", "privacy@shop.example");
        file.put("exeunt.mail.base-url", "https://shop.example/account");
        assertThat(read(Map.of(), file).signIn().issuer()).hasToString("https://id.example.org/realms/shop");
        assertThat(read(Map.of(), file).signIn().redirectUri())
                .hasToString("https://shop.example/account/sign-in/callback");
    }

    @Test
    void whatASignInLacksOrContradictsIsToldAtOnce() throws IOException {
        Map<String, Object> file = good();
        file.put("exeunt.sign-in.client-id", "exeunt-page");
        file.put("exeunt.sign-in.scopes", "profile");
        assertThat(faults(Map.of(), file))
                .hasSize(3)
                .anyMatch(f -> f.startsWith("exeunt.sign-in.issuer is not set. Write the provider"))
                .anyMatch(f -> f.startsWith("exeunt.sign-in.base-url is not set. Write the public address"))
                .anyMatch(f -> f.contains("exeunt.sign-in.scopes") && f.contains("openid among them"));
        file.put("exeunt.sign-in.scopes", "openid,profile");
        file.put("exeunt.sign-in.issuer", "http://id.example.org");
        file.put("exeunt.sign-in.base-url", "http://shop.example/account");
        assertThat(faults(Map.of(), file))
                .hasSize(3)
                .anyMatch(f -> f.contains("exeunt.sign-in.issuer") && f.contains("Write https://"))
                .anyMatch(f -> f.contains("exeunt.sign-in.base-url") && f.contains("with https://"));
        Map<String, Object> text = signIn();
        text.remove("exeunt.sign-in.issuer");
        text.put("exeunt.jwt.issuer", "the shop");
        assertThat(faults(Map.of(), text))
                .singleElement()
                .asString()
                .startsWith("exeunt.jwt.issuer (also for exeunt.sign-in.issuer, which is not set)");
        Map<String, Object> scheme = signIn();
        scheme.put("exeunt.public-scheme", "http");
        scheme.put("exeunt.sign-in.client-secret", KEY);
        assertThat(faults(Map.of(), scheme))
                .hasSize(2)
                .anyMatch(f -> f.startsWith("exeunt.public-scheme is http"))
                .anyMatch(f -> f.contains("exeunt.sign-in.client-secret are the same"));
        assertThat(with("exeunt.sign-in.scopes", "openid"))
                .singleElement()
                .asString()
                .startsWith("exeunt.sign-in.scopes is set and exeunt.sign-in.client-id is not");
    }

    private Map<String, Object> signIn() throws IOException {
        Map<String, Object> file = good();
        file.put("exeunt.sign-in.client-id", "exeunt-page");
        file.put("exeunt.sign-in.issuer", "https://id.example.org/realms/shop");
        file.put("exeunt.sign-in.base-url", "https://shop.example/account/");
        return file;
    }

    private Map<String, Object> published(String name, String value) throws IOException {
        Map<String, Object> file = good();
        file.remove("exeunt.jwt.secret");
        file.put(name, value);
        return file;
    }
}
