package dev.exeunt.spring.external;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.map.DataMap;
import dev.exeunt.spring.external.http.GuardedHttpClient.CallLimits;
import dev.exeunt.spring.external.keycloak.KeycloakApi;
import dev.exeunt.spring.settings.ExternalSystemSettings;
import dev.exeunt.spring.settings.SettingsInvalidException;
import dev.exeunt.spring.settings.read.ExternalSettingsReader;
import dev.exeunt.support.event.DisabledAccounts;
import dev.exeunt.support.event.EventOutbox;
import dev.exeunt.support.event.ExternalSystems;
import java.time.Clock;
import java.util.HashSet;
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
            ConfigurableEnvironment environment, DataMap map, ApplicationEvents events, SystemBeans beans) {
        Set<String> here = new HashSet<>(beans.receivers().keySet());
        if (events.published()) {
            here.add(APPLICATION);
        }
        List<ExternalSystemSettings> systems = ExternalSettingsReader.read(environment, EventOutbox.systems(map), here);
        systems.stream().filter(s -> s.keycloak() != null).forEach(s -> requireUsable(map, s.name()));
        return new ConfiguredSystems(systems);
    }

    /** Events that enable an account again have to reach a Keycloak that disables it, and the id of a user is one value. */
    private static void requireUsable(DataMap map, String system) {
        if (EventOutbox.gets(map, system, "deactivated") && !EventOutbox.gets(map, system, "reactivated")) {
            throw new SettingsInvalidException(List.of("The map's events of " + system
                    + " list deactivated and not reactivated, so that an account would stay disabled when its person comes"
                    + " back. Write both, or neither."));
        }
        if (!EventOutbox.hasLocators(map, system) && EventOutbox.keyColumns(map) > 1) {
            throw new SettingsInvalidException(
                    List.of("The key of the map's subject has several columns, which is no id of a user"
                            + " of Keycloak. Write locators of " + system + ": a query for the ids, in one column."));
        }
    }

    @Bean
    SystemBeans exeuntSystemBeans(ObjectProvider<AccountEventReceiver> receivers, DataMap map) {
        return SystemBeans.of(receivers.orderedStream().toList(), EventOutbox.systems(map));
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
            DisabledAccounts disabled,
            SystemBeans beans,
            DataMap map,
            @Qualifier("exeuntClock") Clock clock,
            ApplicationReceiver application) {
        Map<String, EventReceiver> receivers = new LinkedHashMap<>();
        for (ExternalSystemSettings system : configured.systems()) {
            EventReceiver receiver;
            AccountEventReceiver bean = beans.receivers().get(system.name());
            if (bean != null) {
                receiver = new BeanReceiver(bean);
            } else if (system.keycloak() != null) {
                receiver = new KeycloakReceiver(
                        new KeycloakApi(system, CallLimits.USUAL),
                        disabled,
                        EventOutbox.hasLocators(map, system.name()));
            } else if (system.url() != null) {
                receiver = new WebhookReceiver(system, CallLimits.USUAL, clock);
            } else {
                receiver = application;
            }
            receivers.put(system.name(), receiver);
        }
        return new EventWorker(outbox, receivers);
    }

    @Bean
    ApplicationReceiver exeuntApplicationReceiver(
            ApplicationEventPublisher publisher, ObjectProvider<EventTransaction> transaction) {
        return new ApplicationReceiver(publisher, transaction.getIfAvailable(() -> Runnable::run));
    }

    /** @param exeunt has made the tables */
    @Bean
    DisabledAccounts exeuntDisabledAccounts(
            Exeunt exeunt, Database database, @Qualifier("exeuntClock") Clock clock, HashKey key, DataMap map) {
        return DisabledAccounts.open(database, clock, key, map);
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
