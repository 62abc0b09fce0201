package dev.exeunt.spring.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.spring.external.DeliveryOutcome.Failed;
import dev.exeunt.spring.external.DeliveryOutcome.Taken;
import dev.exeunt.support.event.OutgoingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Tests that listeners of the application get events in transactions of the application. */
class ApplicationReceiverTest {

    /** Counts commits and rollbacks; there is no database behind it. */
    static final class CountingTransactionManager extends AbstractPlatformTransactionManager {
        private static final long serialVersionUID = 1L;
        private int commits;
        private int rollbacks;

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            commits++;
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            rollbacks++;
        }
    }

    /** Hears events inside and after the transaction; fails for one subject. */
    static final class Listeners {
        private final List<String> heard = new ArrayList<>();

        @EventListener
        void within(AccountEvent event) {
            if (event.subject().equals("13")) {
                throw new IllegalStateException("the listener fails");
            }
            heard.add("within " + event.subject());
        }

        @TransactionalEventListener
        void after(AccountEvent event) {
            heard.add("after " + event.type());
        }
    }

    @Configuration
    @EnableTransactionManagement
    static class Application {
        @Bean
        Listeners listeners() {
            return new Listeners();
        }

        @Bean
        CountingTransactionManager transactions() {
            return new CountingTransactionManager();
        }
    }

    private static OutgoingEvent event(String subject) {
        return new OutgoingEvent(
                UUID.randomUUID(),
                "application",
                1,
                0,
                "user.erased",
                Instant.EPOCH,
                null,
                "{\"data\":{\"subject\":\"" + subject + "\",\"request\":null}}");
    }

    @Test
    void aTransactionalListenerHearsAfterTheCommitAndAFailureIsTriedAgain() {
        try (var context = new AnnotationConfigApplicationContext(
                Application.class, ExternalConfiguration.TransactionConfiguration.class)) {
            ApplicationReceiver receiver = new ApplicationReceiver(
                    (ApplicationEventPublisher) context, context.getBean(EventTransaction.class));
            assertThat(receiver.deliver(event("7"))).isEqualTo(new Taken(null));
            assertThat(context.getBean(Listeners.class).heard).containsExactly("within 7", "after user.erased");
            assertThat(receiver.deliver(event("13"))).isEqualTo(new Failed("listener", false));
            CountingTransactionManager manager = context.getBean(CountingTransactionManager.class);
            assertThat(context.getBean(PlatformTransactionManager.class)).isSameAs(manager);
            assertThat(manager.commits).isEqualTo(1);
            assertThat(manager.rollbacks).isEqualTo(1);
            assertThat(context.getBean(Listeners.class).heard).hasSize(2);
        }
    }
}
