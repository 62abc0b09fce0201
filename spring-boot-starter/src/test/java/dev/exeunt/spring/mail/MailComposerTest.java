package dev.exeunt.spring.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Request;
import dev.exeunt.support.event.OpenAnswers;
import dev.exeunt.support.message.MessageKind;
import dev.exeunt.support.message.OutgoingMessage;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests that the message about a finished erasure says so if other systems still have to answer. */
class MailComposerTest {

    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final Instant ERASED = Instant.parse("2026-05-04T03:02:01Z");
    private static final Request REQUEST = new Request(
            ID,
            AccountFlow.DELETE_ACCOUNT,
            Request.State.ERASED,
            ERASED,
            "self",
            null,
            null,
            ERASED,
            null,
            null,
            ERASED,
            0,
            null,
            false);

    private static ComposedMail composed(String language, OpenAnswers open) {
        List<String> faults = new ArrayList<>();
        MailTexts texts = MailTexts.read(null, faults);
        assertThat(faults).isEmpty();
        return new MailComposer(texts, URI.create("https://shop.example.org/account"), r -> "secret", r -> open)
                .compose(new OutgoingMessage(
                        UUID.randomUUID(), 1, 1, MessageKind.DONE, language, "a@example.org", REQUEST, null));
    }

    @Test
    void theLatestDateOfOtherSystemsStandsBehindTheFirstParagraph() {
        OpenAnswers open = new OpenAnswers(
                ID, List.of("billing"), Instant.parse("2026-06-03T03:02:01Z"), List.of(), List.of(), List.of());
        String text = composed("en", open).text();
        assertThat(text.split("\n\n")[1])
                .startsWith("Other systems that hold data of yours still have until June 3, 2026");
        assertThat(composed("en", open).html()).contains("<bdi>June 3, 2026, 03:02 UTC</bdi>");
        assertThat(composed("de", open).text()).contains("müssen bis 3. Juni 2026");
        assertThat(composed("ar", open).text()).doesNotContain("{until}");
        assertThat(text).doesNotContain("billing");
    }

    @Test
    void withoutThemTheMessageSaysNothingOfOtherSystems() {
        for (String language : List.of("en", "de", "ar")) {
            assertThat(composed(language, OpenAnswers.none(ID)).text().split("\n\n"))
                    .hasSize(3);
        }
        assertThat(composed("en", OpenAnswers.none(ID)).text()).doesNotContain("Other systems");
    }
}
