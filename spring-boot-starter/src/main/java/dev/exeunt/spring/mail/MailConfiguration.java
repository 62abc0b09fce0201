package dev.exeunt.spring.mail;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.MailSettings;
import dev.exeunt.spring.settings.SettingsInvalidException;
import dev.exeunt.support.event.ExternalSystems;
import dev.exeunt.support.event.OpenAnswers;
import dev.exeunt.support.message.MessageQueue;
import dev.exeunt.support.message.MessageSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the beans that send messages, where the operator names a mail server. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("exeunt.mail.host")
public class MailConfiguration {

    private static final Duration PAUSE = Duration.ofSeconds(15);

    @Bean
    MailTexts exeuntMailTexts(ExeuntSettings settings) {
        List<String> faults = new ArrayList<>();
        MailTexts texts = MailTexts.read(mail(settings).texts(), faults);
        if (!faults.isEmpty()) {
            throw new SettingsInvalidException(
                    faults.stream().map(fault -> "exeunt.mail.texts: " + fault).toList());
        }
        return texts;
    }

    /** @param exeunt has made the tables */
    @Bean
    MessageQueue exeuntMessageQueue(
            Exeunt exeunt,
            Database database,
            @Qualifier("exeuntClock") Clock clock,
            DataMap map,
            ExeuntSettings settings,
            MailTexts texts) {
        MailSettings mail = mail(settings);
        MessageQueue queue = MessageQueue.open(
                database,
                clock,
                map,
                new MessageSettings(
                        column(mail, map),
                        mail.languageColumn(),
                        texts.languages(),
                        mail.reminder().longest()));
        List<String> faults =
                queue.faults().stream().map(fault -> "exeunt.mail." + fault).toList();
        if (!faults.isEmpty()) {
            throw new SettingsInvalidException(faults);
        }
        return queue;
    }

    /** Nothing is guessed: of several columns the operator names one. */
    private static String column(MailSettings mail, DataMap map) {
        if (mail.column() != null) {
            return mail.column();
        }
        List<String> likely = map.identifiers().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("mail"))
                .toList();
        if (likely.size() == 1) {
            return likely.get(0);
        }
        throw new SettingsInvalidException(List.of("exeunt.mail.column is not set, and of the map's identifiers "
                + (likely.isEmpty() ? "none is" : String.join(", ", likely) + " are")
                + " named like an e-mail address. Name the column of the subject's table with the address:"
                + " exeunt.mail.column=email"));
    }

    @Bean
    MessageRecorder exeuntMessageRecorder(MessageQueue queue, MailTexts texts) {
        return new MessageRecorder(queue, texts.languages());
    }

    @Bean
    MailComposer exeuntMailComposer(
            MailTexts texts, ExeuntSettings settings, AccountRequests requests, ExternalSystems systems) {
        return new MailComposer(
                texts,
                mail(settings).baseUrl(),
                requests::receiptSecret,
                request -> systems.openAnswers(List.of(request.id()))
                        .getOrDefault(request.id(), OpenAnswers.none(request.id())));
    }

    @Bean
    SmtpServer exeuntMailServer(ExeuntSettings settings) {
        return new SmtpServer(mail(settings));
    }

    @Bean
    MailDelivery exeuntMailDelivery(
            MessageQueue queue, MailComposer composer, SmtpServer server, @Qualifier("exeuntClock") Clock clock) {
        return new MailDelivery(queue, composer, server, clock);
    }

    @Bean
    @ConditionalOnProperty(name = "exeunt.worker.enabled", matchIfMissing = true)
    MailWorker exeuntMailWorker(MailDelivery delivery) {
        return new MailWorker("exeunt-mail", delivery::deliverDue, PAUSE);
    }

    private static MailSettings mail(ExeuntSettings settings) {
        return Objects.requireNonNull(settings.mail(), "exeunt.mail.host is set");
    }
}
