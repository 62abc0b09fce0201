package dev.exeunt.spring.external;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.NewRequest;
import dev.exeunt.spring.external.DeliveryOutcome.Failed;
import dev.exeunt.spring.external.DeliveryOutcome.Taken;
import dev.exeunt.support.event.EventOutbox;
import dev.exeunt.support.event.OutgoingEvent;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SettableClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tests what the worker leaves behind: a hint when it gives an event up, and no thread or connection when it is closed. */
class EventWorkerTest {

    private static final HashKey KEY = HashKey.ofHex("0123456789abcdef".repeat(4));
    private static final String TABLES =
            "CREATE TABLE people (id int PRIMARY KEY, gone_at timestamptz); INSERT INTO people VALUES (1)";
    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            flows: { deactivate: { grace: 30d } }
            tables: { people: { hide: { set: { gone_at: "{now}" } }, erase: delete } }
            external: { night-bot: { events: [deactivated] } }
            """;

    private final SettableClock clock = new SettableClock(MappedDatabase.NOW);
    private MappedDatabase world;
    private EventOutbox outbox;

    @BeforeEach
    void deactivate() {
        world = MappedDatabase.of(TABLES, MAP);
        Database database = Database.at(
                world.database().jdbcUrl(),
                world.database().user(),
                world.database().password());
        Exeunt exeunt = Exeunt.builder(database).clock(clock).key(KEY).build();
        exeunt.migrate();
        exeunt.requests(world.map()).submit(NewRequest.self(AccountFlow.DEACTIVATE, "1"));
        outbox = EventOutbox.open(database, clock, KEY, world.map());
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** Counts what it gets, and remembers that it was closed. */
    private static final class BotReceiver implements EventReceiver {
        private final CountDownLatch heard = new CountDownLatch(1);
        private volatile boolean closed;

        @Override
        public DeliveryOutcome deliver(OutgoingEvent event, String body) {
            heard.countDown();
            return new Taken(null);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("exeunt-events-night-bot"))
                .toList();
    }

    @Test
    void anEventThatWasEncryptedWithAnotherKeyReachesNoReceiver() {
        BotReceiver receiver = new BotReceiver();
        OutgoingEvent unreadable =
                new OutgoingEvent(UUID.randomUUID(), "night-bot", 1, 0, "user.erased", Instant.EPOCH, null, null);
        assertThat(receiver.deliver(unreadable)).isEqualTo(new Failed("key", false));
        assertThat(receiver.heard.getCount()).isEqualTo(1);
    }

    @Test
    void aClosedWorkerHasClosedItsReceiversAndEndedItsThreads() throws InterruptedException {
        BotReceiver receiver = new BotReceiver();
        EventWorker worker = new EventWorker(outbox, Map.of("night-bot", receiver));
        worker.start();
        assertThat(receiver.heard.await(60, TimeUnit.SECONDS)).isTrue();
        List<Thread> running = threads();
        assertThat(running).isNotEmpty();
        assertThat(receiver.closed).isFalse();
        worker.close();
        assertThat(worker.isRunning()).isFalse();
        assertThat(receiver.closed).isTrue();
        for (Thread thread : running) {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(threads()).isEmpty();
    }

    @Test
    void anEventThatIsGivenUpNamesTheCommandThatSendsItAgain() {
        clock.advance(EventOutbox.GIVE_UP.plusSeconds(1));
        ExecutorService senders = Executors.newSingleThreadExecutor();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(EventDelivery.class);
        log.start();
        logger.addAppender(log);
        try {
            new EventDelivery(outbox, "night-bot", (event, body) -> new Failed("503", false), senders, new Random(1))
                    .deliverBatch("worker");
        } finally {
            logger.detachAppender(log);
            senders.shutdownNow();
        }
        String event =
                world.database().column("SELECT id::text FROM exeunt.outbox").get(0);
        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("It is given up; send it again with: exeunt systems night-bot --resend " + event)
                .doesNotContain("subject");
    }
}
