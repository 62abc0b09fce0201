package dev.exeunt.spring.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.spring.external.DeliveryOutcome.Failed;
import dev.exeunt.spring.external.DeliveryOutcome.Taken;
import dev.exeunt.spring.external.http.GuardedHttpClient.CallLimits;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import dev.exeunt.spring.settings.ExternalSystemSettings;
import dev.exeunt.support.event.OutgoingEvent;
import dev.exeunt.support.event.SystemAnswer;
import dev.exeunt.support.event.SystemAnswer.AnswerResult;
import dev.exeunt.testkit.TestSkip;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests the receiver in Node that the guide shows. */
class NodeReceiverTest {

    private static final Path RECEIVER = Path.of("../examples/node/webhook-receiver.mjs");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static OutgoingEvent event(String type, String locators) {
        return new OutgoingEvent(
                UUID.randomUUID(),
                "billing",
                1,
                0,
                type,
                Instant.EPOCH,
                null,
                "{\"type\":\"" + type + "\",\"data\":{\"subject\":\"1\",\"locators\":" + locators + "}}");
    }

    private static WebhookReceiver receiver(URI address, String secret) {
        return new WebhookReceiver(
                new ExternalSystemSettings("billing", address, List.of(new SecretValue(secret)), true),
                CallLimits.USUAL,
                Clock.systemUTC());
    }

    private static boolean isNodeThere() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }

    @Test
    void theGuideShowsTheReceiver() throws IOException {
        assertThat(Files.readString(Path.of("../docs/guides/external-systems.md")))
                .contains("```js\n" + Files.readString(RECEIVER) + "```\n");
    }

    @Test
    void itTakesWhatIsSignedAndAnswersWhatWasErased() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("node", RECEIVER.toString()).redirectErrorStream(true);
        builder.environment().put("SECRET", SECRET);
        builder.environment().put("PORT", "0");
        TestSkip.unless(isNodeThere(), "Node is not installed");
        Process node = builder.start();
        try (BufferedReader out = node.inputReader()) {
            String port = out.readLine().replaceAll("[^0-9]", "");
            URI address = URI.create("http://127.0.0.1:" + port + "/");
            try (WebhookReceiver good = receiver(address, SECRET);
                    WebhookReceiver forger = receiver(address, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")) {
                assertThat(good.deliver(event("user.deactivated", "[]"))).isEqualTo(new Taken(null));
                assertThat(good.deliver(event("user.erased", "[]")))
                        .isEqualTo(new Taken(new SystemAnswer(AnswerResult.NOTHING_FOUND, null)));
                assertThat(good.deliver(event("user.erased", "[{\"customer\":\"c\"}]")))
                        .isEqualTo(new Taken(new SystemAnswer(AnswerResult.ERASED, null)));
                assertThat(forger.deliver(event("user.erased", "[]"))).isEqualTo(new Failed("401", false));
            }
        } finally {
            node.destroy();
        }
    }
}
