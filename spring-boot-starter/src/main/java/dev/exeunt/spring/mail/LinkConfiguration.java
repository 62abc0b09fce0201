package dev.exeunt.spring.mail;

import dev.exeunt.HashKey;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.MailSettings;
import dev.exeunt.spring.settings.MailSettings.OneTimeLinkSettings;
import dev.exeunt.spring.settings.SettingsInvalidException;
import dev.exeunt.support.message.LinkSettings;
import dev.exeunt.support.message.MessageQueue;
import dev.exeunt.support.message.OneTimeLinks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the beans that send one-time links to people who cannot sign in any more, where the operator wants them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "exeunt.link.enabled", havingValue = "true")
public class LinkConfiguration {

    /** A person waits for the link. */
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /**
     * @param settings are read first, and tell what is missing
     * @param queue is there if a mail server is
     */
    @Bean
    OneTimeLinks exeuntOneTimeLinks(ExeuntSettings settings, ObjectProvider<MessageQueue> queue, HashKey key) {
        OneTimeLinkSettings link = Objects.requireNonNull(mail(settings).link(), "exeunt.link.enabled is true");
        OneTimeLinks links = queue.getObject()
                .links(key, new LinkSettings(link.valid(), link.ofPerson(), link.ofClient(), link.inAll()));
        if (links.kinds().isEmpty()) {
            throw new SettingsInvalidException(List.of(
                    "exeunt.link.enabled is true and the map names no identifier: people could not say which account is theirs."
                            + " Name the columns in the map: subject: { identifiers: [email] }"));
        }
        return links;
    }

    @Bean
    LinkDelivery exeuntLinkDelivery(
            OneTimeLinks links, MailComposer composer, SmtpServer server, @Qualifier("exeuntClock") Clock clock) {
        return new LinkDelivery(links, composer, server, clock);
    }

    /** On a thread of its own: a long queue of messages delays no link. */
    @Bean
    @ConditionalOnProperty(name = "exeunt.worker.enabled", matchIfMissing = true)
    MailWorker exeuntLinkWorker(LinkDelivery delivery) {
        return new MailWorker("exeunt-links", delivery::deliverDue, PAUSE);
    }

    private static MailSettings mail(ExeuntSettings settings) {
        return Objects.requireNonNull(settings.mail(), "exeunt.mail.host is set");
    }
}
