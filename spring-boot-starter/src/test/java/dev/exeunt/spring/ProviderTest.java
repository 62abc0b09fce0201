package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.Test;

/** Tokens of an OpenID Connect provider, whose keys are found over HTTP by its discovery document. */
class ProviderTest {

    private static final String ISSUER = "staff-and-people";

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static SignedJWT token(MockOAuth2Server provider, String issuer, String audience, long seconds) {
        Map<String, Object> claims =
                Map.of("roles", List.of("admin"), "auth_time", Instant.now().getEpochSecond());
        return provider.issueToken(
                issuer,
                "the-application",
                new DefaultOAuth2TokenCallback(issuer, "1002", "at+jwt", List.of(audience), claims, seconds));
    }

    @Test
    void aTokenIsGoodByIssuerAudienceSignatureAndTime() throws Exception {
        int port = freePort();
        Map<String, String> settings = Map.of(
                "exeunt.jwt.secret", "",
                "exeunt.jwt.issuer", "http://localhost:" + port + "/" + ISSUER,
                "exeunt.jwt.audience", "exeunt",
                "exeunt.recent-sign-in", "10m");
        MockOAuth2Server provider = new MockOAuth2Server();
        try (Host host = Host.of("guild-platform", settings)) {
            host.clock().at(Instant.now());
            Answer away = host.get("/account", host.token("1002"));
            assertThat(away.problem()).as("the provider is not there yet").isEqualTo("unavailable");
            assertThat(away.header("Retry-After")).isNotNull();
            provider.start(InetAddress.getByName("localhost"), port);
            judged(host, provider);
        } finally {
            provider.shutdown();
        }
    }

    private static void judged(Host host, MockOAuth2Server provider) {
        SignedJWT good = token(provider, ISSUER, "exeunt", 3600);
        assertThat(host.get("/account", good.serialize()).status()).isEqualTo(200);
        assertThat(host.get("/account/admin/requests", good.serialize()).status())
                .isEqualTo(200);
        assertThat(host.post("/account/data-deletion", good.serialize(), "{}").problem())
                .as("signed in just now")
                .isEqualTo("warnings");
        String[] parts = good.serialize().split("\\.");
        SignedJWT other = token(provider, ISSUER, "exeunt", 3000);
        List<String> bad = List.of(
                token(provider, ISSUER, "somebody-else", 3600).serialize(),
                token(provider, "another", "exeunt", 3600).serialize(),
                token(provider, ISSUER, "exeunt", -3600).serialize(),
                parts[0] + "." + parts[1] + "." + other.serialize().split("\\.")[2],
                parts[0] + "." + parts[1] + ".",
                Host.signed(Host.SECRET, "1002", Map.of("aud", "exeunt"), Instant.now(), Duration.ofHours(1)));
        for (String token : bad) {
            assertThat(host.get("/account", token).problem()).isEqualTo("unauthenticated");
        }
    }
}
