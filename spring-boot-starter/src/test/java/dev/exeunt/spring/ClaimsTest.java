package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Claims as identity providers have them: nested, with names of their own, or missing. */
class ClaimsTest {

    /** Of Keycloak's shape: roles of the realm and of a client, and an audience that is not ours first. */
    private static final SpringTestApplication HOST = SpringTestApplication.of(
            "guild-platform",
            Map.of(
                    "exeunt.jwt.issuer", "the shop, by name",
                    "exeunt.jwt.audience", "exeunt, shop-web",
                    "exeunt.jwt.subject-claim", "customer.id",
                    "exeunt.admin.claim", "realm_access.roles",
                    "exeunt.admin.value", "privacy",
                    "exeunt.admin.subject-claim", "preferred_username",
                    "exeunt.admin.outside", "true"));

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static Map<String, Object> person(String key) {
        return new HashMap<>(Map.of(
                "typ", "Bearer",
                "iss", "the shop, by name",
                "aud", List.of("account", "shop-web"),
                "customer", Map.of("id", key),
                "realm_access", Map.of("roles", List.of("offline_access", "user"))));
    }

    private static Map<String, Object> staff() {
        Map<String, Object> claims = person("");
        claims.remove("customer");
        claims.put("preferred_username", "sam");
        claims.put("realm_access", Map.of("roles", List.of("offline_access", "privacy")));
        return claims;
    }

    private static String token(Map<String, Object> claims) {
        return HOST.token("33285760-e591-41dd-b0a4-3a85079bbfa5", claims, Duration.ofHours(1));
    }

    private static String with(String claim, Object value) {
        Map<String, Object> claims = person("1003");
        claims.put(claim, value);
        return token(claims);
    }

    private static String without(Map<String, Object> claims, String claim) {
        claims.remove(claim);
        return token(claims);
    }

    @Test
    void aPersonIsFoundByTheirOwnClaimAndStaffByTheirs() {
        assertThat(HOST.get("/account", token(person("1003"))).status()).isEqualTo(200);
        assertThat(HOST.get("/account", with("customer", Map.of("id", 1003))).status())
                .as("a number")
                .isEqualTo(200);
        assertThat(HOST.post(
                                "/account/admin/1003/export",
                                token(staff()),
                                "{\"reason\": \"a letter\", \"confirm\": \"1003\"}")
                        .status())
                .isEqualTo(202);
        assertThat(HOST.database()
                        .scalar("SELECT count(*) FROM exeunt.event WHERE actor = 'staff:sam' AND reason = 'a letter'"))
                .isEqualTo("1");
    }

    @Test
    void aMissingClaimIsNamedAndSigningInAgainIsNotAskedFor() {
        HttpAnswer nobody = HOST.get("/account", without(person("1003"), "customer"));
        assertThat(nobody.status()).isEqualTo(403);
        assertThat(nobody.problem()).isEqualTo("forbidden");
        assertThat(nobody.at("claim")).isEqualTo("customer.id");
        assertThat(nobody.at("detail"))
                .contains("customer.id", "exeunt.jwt.subject-claim")
                .doesNotContainIgnoringCase("sign in");
        HttpAnswer noRole = HOST.get("/account/admin/requests", token(person("1003")));
        assertThat(noRole.status()).isEqualTo(403);
        assertThat(noRole.at("claim")).isEqualTo("realm_access.roles");
        assertThat(noRole.at("detail")).contains("privacy");
        HttpAnswer noName = HOST.get("/account/admin/requests", without(staff(), "preferred_username"));
        assertThat(noName.status()).isEqualTo(403);
        assertThat(noName.at("claim")).isEqualTo("preferred_username");
        assertThat(noName.at("detail")).contains("exeunt.admin.subject-claim");
    }

    @Test
    void oneOfSeveralAudiencesIsEnoughAndAnIssuerIsComparedAsText() {
        assertThat(HOST.get("/account", with("aud", "exeunt")).status()).isEqualTo(200);
        for (Object other : List.of("account", "exeunt, shop-web", "EXEUNT", List.of(), List.of("account", "shop"))) {
            assertThat(HOST.get("/account", with("aud", other)).problem())
                    .as("" + other)
                    .isEqualTo("unauthenticated");
        }
        for (Object other : List.of("the shop", "the shop, by name ", "https://id.example.org")) {
            assertThat(HOST.get("/account", with("iss", other)).problem())
                    .as("" + other)
                    .isEqualTo("unauthenticated");
        }
        assertThat(HOST.get("/account", without(person("1003"), "aud")).problem())
                .isEqualTo("unauthenticated");
    }

    @Test
    void onlyAccessTokensSignAnybodyIn() {
        for (Map.Entry<String, Object> other : List.<Map.Entry<String, Object>>of(
                Map.entry("typ", "ID"),
                Map.entry("typ", "Refresh"),
                Map.entry("typ", "offline"),
                Map.entry("typ", "Logout"),
                Map.entry("at_hash", "qHM8ImfmRS2WzWZYe_dGoQ"),
                Map.entry("c_hash", "qHM8ImfmRS2WzWZYe_dGoQ"),
                Map.entry("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())))) {
            assertThat(HOST.get("/account", with(other.getKey(), other.getValue()))
                            .problem())
                    .as("" + other)
                    .isEqualTo("unauthenticated");
        }
        for (String header : List.of("JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", "Application/JWT")) {
            assertThat(HOST.get("/account", typed(header)).status()).as(header).isEqualTo(200);
        }
        for (String header : List.of("logout+jwt", "id_token+jwt", "secevent+jwt", "application/", "dpop+jwt", "")) {
            assertThat(HOST.get("/account", typed(header)).problem()).as(header).isEqualTo("unauthenticated");
        }
    }

    private static String typed(String header) {
        long now = HOST.clock().instant().getEpochSecond();
        Map<String, Object> claims = person("1003");
        claims.put("iat", now);
        claims.put("exp", now + 600);
        return ForgedTokens.sign(
                "{\"alg\":\"HS256\",\"typ\":\"" + header + "\"}", claims, "HmacSHA256", SpringTestApplication.SECRET);
    }

    @Test
    void aLinkOfTheApplicationsHasTheKeyInSubWhateverTheProvidersClaimIs() {
        String link = SpringTestApplication.signed(
                SpringTestApplication.HAND_OFF,
                "1003",
                AttackerAccount.ENTER,
                HOST.clock().instant(),
                Duration.ofMinutes(5));
        HttpAnswer in = HOST.get("/account/enter?token=" + link, null);
        assertThat(in.status()).isEqualTo(302);
        String cookie = in.header("Set-Cookie").split(";")[0];
        assertThat(HOST.send("GET", "/account", null, null, "Cookie", cookie).at("state"))
                .isEqualTo("allowed");
    }
}
