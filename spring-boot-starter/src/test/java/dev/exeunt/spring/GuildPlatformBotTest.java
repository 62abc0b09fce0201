package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.spring.WebhookTestReceiver.ReceivedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the guild platform's bot hears of members who leave, with the lines of the map that the sample's README shows. */
class GuildPlatformBotTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Path SAMPLE = Path.of(System.getProperty("exeunt.samples"), "guild-platform");
    private static final String ZOE = "1008";

    @TempDir
    Path folder;

    private Path mapWithTheBot() throws IOException {
        Matcher shown = Pattern.compile("```yaml\\n(external:\\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(SAMPLE.resolve("README.md")));
        assertThat(shown.find()).isTrue();
        return Files.writeString(
                folder.resolve("exeunt.yaml"), Files.readString(SAMPLE.resolve("exeunt.yaml")) + "\n" + shown.group(1));
    }

    private static List<String> types(WebhookTestReceiver bot) {
        return bot.received().stream()
                .filter(event -> event.subject().equals(ZOE))
                .map(ReceivedEvent::type)
                .toList();
    }

    @Test
    @Timeout(120)
    void theBotHearsWhenAMemberLeavesComesBackAndIsErased() throws IOException {
        try (WebhookTestReceiver bot = new WebhookTestReceiver(SECRET);
                SpringTestApplication application = SpringTestApplication.of(
                        "guild-platform",
                        Map.of(
                                "exeunt.map",
                                mapWithTheBot().toString(),
                                "exeunt.external.chat-bot.url",
                                bot.address(),
                                "exeunt.external.chat-bot.secret",
                                SECRET,
                                "exeunt.external.chat-bot.private-address",
                                "true"))) {
            AccountRequests requests = application.bean(AccountRequests.class);
            NewRequest leaving = NewRequest.staff(AccountFlow.DEACTIVATE, ZOE, "kim", "asked on the phone");
            requests.submit(leaving);
            requests.reactivate(ZOE, Actor.staff("kim"), "asked on the phone");
            requests.submit(leaving);
            application.clock().advance(Duration.ofDays(31));
            assertThat(requests.eraseDue("test").erased()).isEqualTo(1);
            PollingLoop.until(() -> types(bot).size() == 4, Boolean::booleanValue);
            assertThat(types(bot))
                    .containsExactly("user.deactivated", "user.reactivated", "user.deactivated", "user.erased");
        }
    }
}
