package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests each message in each language, as a mail program gets it. */
class MailContentTest {

    private static final Map<String, String> LANGUAGES =
            Map.of("anna@example.org", "de", "bob@example.org", "en", "dana@example.org", "ar");

    @TempDir
    private Path folder;

    @Test
    void everyMessageIsWholeInEveryLanguage() throws Exception {
        try (MailHost host = MailHost.start(Map.of("exeunt.link.enabled", "true"))) {
            for (String handle : List.of("anna", "bob", "dana")) {
                assertThat(host.askForLink(handle).status()).isEqualTo(202);
            }
            assertThat(host.deliverLinks()).isEqualTo(3);
            for (String person : List.of("1", "2", "3")) {
                assertThat(host.ask("data-deletion", person, "{}", "en").status())
                        .isEqualTo(200);
                assertThat(host.ask("export", person, "{}", "en").status()).isEqualTo(202);
                assertThat(host.ask("deactivation", person, "{}", "en").status())
                        .isEqualTo(202);
                assertThat(host.ask("deletion", person, "{}", "en").status()).isEqualTo(202);
            }
            PollingLoop.until(
                    () -> host.database().scalar("SELECT count(*) FROM exeunt.request WHERE state = 'ready'"),
                    "3"::equals);
            host.deliver();
            host.advance(Duration.ofDays(28));
            host.deliver();
            host.advance(Duration.ofDays(2));
            host.eraseDue();
            host.deliver();
            assertThat(host.addresses()).isEmpty();

            List<MimeMessage> all = host.received();
            assertThat(all).hasSize(3 * 9).allSatisfy(MailContentTest::isWhole);
            Map<String, Long> subjects = all.stream()
                    .collect(Collectors.groupingBy(
                            MailHost::recipient,
                            Collectors.mapping(MailHost::subject, Collectors.collectingAndThen(Collectors.toSet(), s ->
                                    (long) s.size()))));
            assertThat(subjects.keySet()).isEqualTo(LANGUAGES.keySet());
            assertThat(all.stream().map(MailContentTest::id)).doesNotHaveDuplicates();
            MailPictures.keep(host, all);
        }
    }

    private static String id(MimeMessage message) {
        try {
            return message.getMessageID();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void isWhole(MimeMessage message) throws Exception {
        String language = LANGUAGES.get(MailHost.recipient(message));
        String text = MailHost.part(message, "text/plain");
        String html = MailHost.part(message, "text/html");
        assertThat(message.getContentType()).startsWith("multipart/alternative");
        assertThat(message.getContentLanguage()).containsExactly(language);
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getHeader("From")).containsExactly("Shop <privacy@shop.example>");
        assertThat(message.getSubject() + text + html)
                .doesNotContain("{", "}", "example.org", "null")
                .contains("shop.example");
        assertThat(text.lines()).anyMatch(line -> line.startsWith(MailHost.BASE));
        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains("<html lang=\"" + language + "\" dir=\"" + (language.equals("ar") ? "rtl" : "ltr") + "\"")
                .contains("<a href=\"" + MailHost.BASE);
    }

    @Test
    void textsOfTheOperatorReplaceOursAndAreEscaped() throws IOException {
        Files.writeString(
                folder.resolve("en.properties"),
                "scheduled.delete-account.subject=Bye & farewell\n"
                        + "scheduled.delete-account.body=<b>Until {date}</b>\\n\\n{link}\n");
        try (MailHost host = MailHost.start(Map.of("exeunt.mail.texts", folder.toString()))) {
            host.ask("deletion", "2", "{}", "en");
            assertThat(host.deliver()).isEqualTo(1);
            assertThat(MailHost.subject(host.last())).isEqualTo("Bye & farewell");
            assertThat(MailHost.part(host.last(), "text/plain")).startsWith("<b>Until ");
            assertThat(MailHost.part(host.last(), "text/html"))
                    .contains("<title>Bye &amp; farewell</title>", "<p>&lt;b&gt;Until <bdi>");
        }
    }
}
