package dev.exeunt.spring.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.spring.external.WebhookSignature.SignedHeaders;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests signatures against the published values of the Standard Webhooks specification. */
class WebhookSignatureTest {

    private static final SecretValue SECRET = new SecretValue("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final SecretValue OTHER = new SecretValue("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIME = 1614265330;
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String PUBLISHED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private final WebhookSignature signature = new WebhookSignature(List.of(SECRET));

    private boolean valid(String id, String time, String sent, long secondsLater) {
        return signature.isValid(new SignedHeaders(id, time, sent), BODY, Instant.ofEpochSecond(TIME + secondsLater));
    }

    @Test
    void aSignatureIsThePublishedOne() {
        assertThat(signature.sign(ID, TIME, BODY)).isEqualTo(PUBLISHED);
    }

    @Test
    void whileASecretIsReplacedBothSign() {
        String both = new WebhookSignature(List.of(OTHER, SECRET)).sign(ID, TIME, BODY);
        assertThat(both.split(" ")).hasSize(2).contains(PUBLISHED);
        assertThat(valid(ID, Long.toString(TIME), both, 0)).isTrue();
    }

    @Test
    void onlyTheSameMessageOfAboutNowIsValid() {
        String time = Long.toString(TIME);
        assertThat(valid(ID, time, PUBLISHED, 299)).isTrue();
        assertThat(valid(ID, time, PUBLISHED, -299)).isTrue();
        assertThat(valid(ID, time, PUBLISHED, 301)).as("replayed later").isFalse();
        assertThat(valid(ID, time, PUBLISHED, -301)).as("from the future").isFalse();
        assertThat(valid("msg_other", time, PUBLISHED, 0)).isFalse();
        assertThat(valid(ID, Long.toString(TIME + 1), PUBLISHED, 0)).isFalse();
        assertThat(valid(ID, time, PUBLISHED.replace("v1,", "v1a,"), 0)).isFalse();
        assertThat(valid(ID, time, PUBLISHED.substring(0, 20), 0)).isFalse();
        assertThat(valid(ID, time, "", 0)).isFalse();
        assertThat(valid(null, time, PUBLISHED, 0)).isFalse();
        assertThat(valid(ID, null, PUBLISHED, 0)).isFalse();
        assertThat(valid(ID, "-1", PUBLISHED, 0)).isFalse();
        assertThat(valid(ID, "99999999999999999999", PUBLISHED, 0)).isFalse();
        assertThat(new WebhookSignature(List.of(OTHER))
                        .isValid(new SignedHeaders(ID, time, PUBLISHED), BODY, Instant.ofEpochSecond(TIME)))
                .isFalse();
    }
}
