package dev.exeunt.spring.external;

import dev.exeunt.spring.external.EventDelivery.DeliveryRound;
import dev.exeunt.spring.external.http.GuardedHttpClient;
import dev.exeunt.support.event.EventOutbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Delivers events in the background. Each system has threads of its own: one that is slow or away delays neither another system nor a
 * request.
 */
public final class EventWorker implements SmartLifecycle, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventWorker.class);

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LONGEST_AWAY = Duration.ofMinutes(1);

    /** A start has other things to do first. */
    private static final Duration FIRST_MAINTENANCE = Duration.ofMinutes(1);

    private static final Duration MAINTAIN = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EventOutbox outbox;
    private final Map<String, EventReceiver> receivers;
    private final String name = "exeunt-events-" + UUID.randomUUID();
    private final List<ExecutorService> threads = new ArrayList<>();

    EventWorker(EventOutbox outbox, Map<String, EventReceiver> receivers) {
        this.outbox = outbox;
        this.receivers = Map.copyOf(receivers);
    }

    @Override
    public synchronized void start() {
        if (!threads.isEmpty()) {
            return;
        }
        receivers.forEach((system, receiver) -> {
            ExecutorService senders = Executors.newFixedThreadPool(GuardedHttpClient.CONNECTIONS, threads(system));
            EventDelivery delivery = new EventDelivery(outbox, system, receiver, senders, RandomGenerator.getDefault());
            ExecutorService loop = Executors.newSingleThreadExecutor(threads(system));
            loop.execute(() -> deliverUntilStopped(system, delivery));
            threads.add(loop);
            threads.add(senders);
        });
        var maintenance = Executors.newSingleThreadScheduledExecutor(threads("maintenance"));
        maintenance.scheduleWithFixedDelay(
                this::maintain, FIRST_MAINTENANCE.toSeconds(), MAINTAIN.toSeconds(), TimeUnit.SECONDS);
        threads.add(maintenance);
    }

    private static ThreadFactory threads(String system) {
        return run -> {
            Thread made = new Thread(run, "exeunt-events-" + system);
            made.setDaemon(true);
            return made;
        };
    }

    private void deliverUntilStopped(String system, EventDelivery delivery) {
        Duration away = LOOK;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                DeliveryRound round = delivery.deliverBatch(name);
                away = round.away() ? min(away.multipliedBy(2), LONGEST_AWAY) : LOOK;
                if (round.away() || round.claimed() == 0) {
                    TimeUnit.MILLISECONDS.sleep(away.toMillis());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                if (!Thread.currentThread().isInterrupted()) {
                    LOG.warn("Events of {} were not delivered. They are tried again.", system, e);
                }
                away = min(away.multipliedBy(2), LONGEST_AWAY);
                pause(away);
            }
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** What fails here fails as a whole, such as a database that is away. The next run tries again. */
    private void maintain() {
        try {
            outbox.maintain();
        } catch (RuntimeException e) {
            LOG.warn("Events that are over were not forgotten yet.", e);
        }
    }

    @Override
    public synchronized void stop() {
        threads.forEach(ExecutorService::shutdownNow);
        try {
            for (ExecutorService each : threads) {
                each.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    /** Stops, and closes the connections to the systems. */
    @Override
    public void close() {
        stop();
        receivers.values().forEach(EventReceiver::close);
    }

    @Override
    public synchronized boolean isRunning() {
        return !threads.isEmpty();
    }
}
