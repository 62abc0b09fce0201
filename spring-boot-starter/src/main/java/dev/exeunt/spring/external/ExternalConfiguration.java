package dev.exeunt.spring.external;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.map.DataMap;
import dev.exeunt.spring.settings.ExternalSystemSettings;
import dev.exeunt.spring.settings.read.ExternalSettingsReader;
import dev.exeunt.support.event.EventOutbox;
import dev.exeunt.support.event.ExternalSystems;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the beans that tell the systems under {@code external} of the map. */
@Configuration(proxyBeanMethods = false)
public class ExternalConfiguration {

    /** The name in the map for the application itself, which gets its events as Spring's. */
    static final String APPLICATION = "application";

    /** How each system of the map is reached. */
    record ConfiguredSystems(List<ExternalSystemSettings> systems) {}

    @Bean
    @ConditionalOnMissingBean
    ApplicationEvents exeuntApplicationEvents() {
        return new ApplicationEvents(true);
    }

    @Bean
    ConfiguredSystems exeuntExternalSystems(
            ConfigurableEnvironment environment, DataMap map, ApplicationEvents events) {
        Set<String> here = events.published() ? Set.of(APPLICATION) : Set.of();
        return new ConfiguredSystems(ExternalSettingsReader.read(environment, EventOutbox.systems(map), here));
    }

    /** @param exeunt has made the tables */
    @Bean
    EventOutbox exeuntEventOutbox(
            Exeunt exeunt, Database database, @Qualifier("exeuntClock") Clock clock, HashKey key, DataMap map) {
        return EventOutbox.open(database, clock, key, map);
    }

    @Bean
    ExternalSystems exeuntExternalSystemList(
            Exeunt exeunt, Database database, @Qualifier("exeuntClock") Clock clock, HashKey key, DataMap map) {
        return ExternalSystems.open(database, clock, key, map);
    }

    @Bean
    @ConditionalOnProperty(name = "exeunt.worker.enabled", matchIfMissing = true)
    EventWorker exeuntEventWorker(
            EventOutbox outbox,
            ConfiguredSystems configured,
            @Qualifier("exeuntClock") Clock clock,
            ApplicationEventPublisher publisher,
            ObjectProvider<EventTransaction> transaction) {
        Map<String, EventReceiver> receivers = new LinkedHashMap<>();
        for (ExternalSystemSettings system : configured.systems()) {
            receivers.put(
                    system.name(),
                    system.url() == null
                            ? new ApplicationReceiver(publisher, transaction.getIfAvailable(() -> Runnable::run))
                            : new WebhookReceiver(system, WebhookReceiver.AttemptLimits.USUAL, clock));
        }
        return new EventWorker(outbox, receivers);
    }

    /** Lets events be published in transactions, where the application has exactly one transaction manager. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(PlatformTransactionManager.class)
    static class TransactionConfiguration {

        @Bean
        EventTransaction exeuntEventTransaction(ObjectProvider<PlatformTransactionManager> managers) {
            PlatformTransactionManager manager = managers.getIfUnique();
            if (manager == null) {
                return Runnable::run;
            }
            TransactionTemplate template = new TransactionTemplate(manager);
            return work -> template.executeWithoutResult(status -> work.run());
        }
    }

    /** The calls by which systems answer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class AnswerConfiguration {

        @Bean
        AnswerController exeuntExternalAnswers(
                EventOutbox outbox, ConfiguredSystems configured, @Qualifier("exeuntClock") Clock clock) {
            Map<String, WebhookSignature> signatures = new LinkedHashMap<>();
            configured.systems().stream()
                    .filter(s -> !s.secrets().isEmpty())
                    .forEach(s -> signatures.put(s.name(), new WebhookSignature(s.secrets())));
            return new AnswerController(outbox, signatures, clock);
        }
    }
}
