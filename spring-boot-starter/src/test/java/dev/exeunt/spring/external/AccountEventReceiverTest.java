package dev.exeunt.spring.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.NewRequest;
import dev.exeunt.support.event.DeliveryEntry;
import dev.exeunt.support.event.ExternalSystems;
import dev.exeunt.support.event.ExternalSystems.DeliveryFilter;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Tests that a bean of the application takes the events of a system, in a real context and without settings of the system. */
@Timeout(60)
class AccountEventReceiverTest {

    private static final HashKey KEY = HashKey.ofHex("0123456789abcdef".repeat(4));

    private final MappedDatabase mapped = MappedDatabase.of("""
            CREATE TABLE people (id int PRIMARY KEY, account text);
            INSERT INTO people VALUES (1, 'account-1'), (2, NULL);
            """, """
            version: 1
            subject: { table: people, key: id }
            flows: { delete-account: { grace: none } }
            tables: { people: { erase: delete } }
            external:
              identity-provider: { locators: "select account from people where id = :subject", deadline: 30d }
            """);
    private final SettableClock clock = new SettableClock(MappedDatabase.NOW);
    private final Database database = Database.at(
            mapped.database().jdbcUrl(),
            mapped.database().user(),
            mapped.database().password());
    private final Exeunt exeunt = Exeunt.builder(database).clock(clock).key(KEY).build();

    @AfterEach
    void close() {
        mapped.close();
    }

    /** Takes events, and fails at the first. */
    private static final class Accounts implements AccountEventReceiver {

        private final BlockingQueue<AccountEvent> received = new LinkedBlockingQueue<>();
        private final AtomicBoolean failed = new AtomicBoolean();

        @Override
        public String system() {
            return "identity-provider";
        }

        @Override
        public EventAnswer receive(AccountEvent event) throws Exception {
            if (failed.compareAndSet(false, true)) {
                received.add(event);
                throw new Exception("secret-of-" + event.subject());
            }
            received.add(event);
            return event.locators().get(0).get("account") == null ? EventAnswer.nothingFound() : EventAnswer.erased();
        }
    }

    private AnnotationConfigApplicationContext context(AccountEventReceiver... beans) {
        exeunt.migrate();
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(Exeunt.class, () -> exeunt);
        context.registerBean(Database.class, () -> database);
        context.registerBean("exeuntClock", Clock.class, () -> clock);
        context.registerBean(HashKey.class, () -> KEY);
        context.registerBean(DataMap.class, mapped::map);
        for (int i = 0; i < beans.length; i++) {
            AccountEventReceiver bean = beans[i];
            context.registerBean("receiver" + i, AccountEventReceiver.class, () -> bean);
        }
        context.register(ExternalConfiguration.class);
        context.refresh();
        return context;
    }

    private static AccountEvent next(Accounts accounts) throws InterruptedException {
        AccountEvent event = accounts.received.poll(30, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    @Test
    void aBeanTakesEventsIsAskedAgainAfterAFailureAndAnswers() throws Exception {
        Accounts accounts = new Accounts();
        try (AnnotationConfigApplicationContext context = context(accounts)) {
            exeunt.requests(mapped.map()).submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "1"));
            AccountEvent first = next(accounts);
            ExternalSystems systems = context.getBean(ExternalSystems.class);
            while (entry(systems).attempts() == 0) {
                Thread.onSpinWait(); // the failure is recorded after the bean has thrown
            }
            assertThat(entry(systems).failure()).isEqualTo("receiver");
            clock.advance(Duration.ofMinutes(1));
            AccountEvent second = next(accounts);
            assertThat(second).isEqualTo(first);
            assertThat(second.type()).isEqualTo("user.account_deletion_requested");
            AccountEvent erased = next(accounts);
            assertThat(erased.type()).isEqualTo("user.erased");
            assertThat(erased.locators()).containsExactly(Map.of("account", "account-1"));
            while (entry(systems).answer() == null) {
                Thread.onSpinWait(); // the answer is recorded after the bean has returned
            }
            assertThat(entry(systems).answer()).isEqualTo("erased");
        }
    }

    private static DeliveryEntry entry(ExternalSystems systems) {
        List<DeliveryEntry> all = systems.list("identity-provider", DeliveryFilter.ALL, 10);
        return all.stream()
                .filter(e -> e.attempts() > 0 || e.answer() != null)
                .findFirst()
                .orElse(all.get(0));
    }

    @Test
    void aBeanOfNoSystemAndTwoOfOneAreRefused() {
        AccountEventReceiver stranger = new AccountEventReceiver() {
            @Override
            public String system() {
                return "billing";
            }

            @Override
            public EventAnswer receive(AccountEvent event) {
                return EventAnswer.taken();
            }
        };
        assertThatThrownBy(() -> context(stranger))
                .rootCause()
                .hasMessageContaining(
                        "takes the events of billing, which the map does not name under external. There are:");
        assertThatThrownBy(() -> context(new Accounts(), new Accounts()))
                .rootCause()
                .hasMessageContaining("and so does another bean");
    }
}
