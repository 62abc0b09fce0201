package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A person's row was deleted, and another person has got a row with the same key since. What was issued before the erasure, or at its
 * very moment, belongs to the person who is gone.
 */
class KeyGivenAwayTest {

    private static final String KEY = "7";
    private static final Duration LONG = Duration.ofDays(400);

    private final SpringTestApplication host = SpringTestApplication.of(folder());
    private Instant erased;
    private String oldToken;
    private String oldExport;
    private String oldDownload;
    private String sessionFromBefore;
    private String sessionOfThatMoment;

    private static String folder() {
        try {
            return Path.of(KeyGivenAwayTest.class
                            .getResource("/dev/exeunt/spring/documented")
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void eraseAndGiveTheKeyToAnother() {
        AccountRequests requests = host.bean(AccountRequests.class);
        requests.submit(NewRequest.staff(AccountFlow.DELETE_ACCOUNT, KEY, "test", "a letter"));
        host.clock().advance(Duration.ofDays(30));
        oldToken = host.token(KEY, Map.of(), LONG);
        oldExport = AttackerAccount.ready(host, oldToken);
        oldDownload =
                host.get("/account/export/" + oldExport + "/download", oldToken).header("Location");
        assertThat(host.get(oldDownload, null).status()).isEqualTo(200);
        host.clock().advance(Duration.ofSeconds(20));
        erased = host.clock().instant();
        sessionFromBefore = session(link(erased.minusSeconds(1)));
        sessionOfThatMoment = session(link(erased));
        assertThat(bySession(sessionOfThatMoment)).isEqualTo(200);
        assertThat(requests.eraseDue("test").erased()).isEqualTo(1);
        assertThat(host.database().scalar("SELECT count(*) FROM person WHERE id = " + KEY))
                .isEqualTo("0");
        host.database().execute("INSERT INTO person (id, email) VALUES (" + KEY + ", 'another@example.org')");
        host.clock().advance(Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        host.close();
    }

    private int byToken(Instant issued) {
        String token = SpringTestApplication.signed(SpringTestApplication.SECRET, KEY, Map.of(), issued, LONG);
        return host.get("/account", token).status();
    }

    private int byStaffsToken(Instant issued) {
        String token =
                SpringTestApplication.signed(SpringTestApplication.SECRET, KEY, Map.of("roles", "admin"), issued, LONG);
        return host.get("/account/admin/requests", token).status();
    }

    private HttpAnswer link(Instant issued) {
        String link = SpringTestApplication.signed(
                SpringTestApplication.HAND_OFF, KEY, AttackerAccount.ENTER, issued, Duration.ofMinutes(5));
        return host.get("/account/enter?token=" + link, null);
    }

    private String gate(Instant issued) {
        return host.get("/gate/" + KEY + "?issued-at=" + issued.getEpochSecond(), SpringTestApplication.SERVICE)
                .at("state");
    }

    @Test
    void whatWasIssuedBeforeTheErasureOrAtItsMomentIsRefusedAndWhatWasIssuedAfterItIsNot() {
        for (Instant at : new Instant[] {erased.minusSeconds(1), erased}) {
            assertThat(byToken(at)).as("token").isEqualTo(401);
            assertThat(byStaffsToken(at)).as("staff's token").isEqualTo(401);
            assertThat(link(at).status()).as("link").isEqualTo(401);
            assertThat(gate(at)).as("gate").isEqualTo("erased");
        }
        Instant after = erased.plusSeconds(1);
        assertThat(byToken(after)).isEqualTo(200);
        assertThat(byStaffsToken(after)).isEqualTo(200);
        assertThat(link(after).status()).isEqualTo(302);
        assertThat(gate(after)).isEqualTo("allowed");
    }

    @Test
    void aSessionThatWasBegunBeforeTheErasureOrAtItsMomentIsRefused() {
        assertThat(bySession(sessionFromBefore)).isEqualTo(401);
        assertThat(bySession(sessionOfThatMoment)).isEqualTo(401);
        assertThat(bySession(session(link(erased.plusSeconds(1))))).isEqualTo(200);
    }

    private int bySession(String cookie) {
        return host.send("GET", "/account", null, null, "Cookie", cookie).status();
    }

    private static String session(HttpAnswer in) {
        assertThat(in.status()).as(in.text()).isEqualTo(302);
        return in.header("Set-Cookie").split(";")[0];
    }

    @Test
    void theNextPersonFindsNothingOfTheFormerOne() {
        String fresh = host.token(KEY, Map.of(), LONG);
        HttpAnswer exports = host.get("/account/export", fresh);
        assertThat(exports.at("latest")).isNull();
        assertThat(exports.json().get("exports")).isEmpty();
        assertThat(host.get("/account/export/" + oldExport, fresh).status()).isEqualTo(404);
        assertThat(host.get("/account/export/" + oldExport + "/download", fresh).status())
                .isEqualTo(404);
        assertThat(host.get(oldDownload, null).status()).isIn(404, 410);
        assertThat(host.get("/account", fresh).json().get("requests")).isEmpty();
        assertThat(host.post("/account/deactivation", oldToken, "{}").status()).isEqualTo(401);
        assertThat(host.get("/account", fresh).at("state")).isEqualTo("allowed");
    }
}
