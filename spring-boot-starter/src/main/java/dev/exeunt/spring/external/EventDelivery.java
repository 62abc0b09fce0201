package dev.exeunt.spring.external;

import dev.exeunt.spring.external.DeliveryOutcome.Failed;
import dev.exeunt.spring.external.DeliveryOutcome.Taken;
import dev.exeunt.support.event.EventOutbox;
import dev.exeunt.support.event.EventOutbox.Delivered;
import dev.exeunt.support.event.OutgoingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers the events of one system, several at the same time, and records what became of each. */
final class EventDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);

    /** How many events are claimed at once. */
    private static final int BATCH = 200;

    /** Later than this after the claim no event is begun, so that each is over before another worker may claim it. */
    private static final Duration BEGIN = Duration.ofMinutes(3);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);

    private final EventOutbox outbox;
    private final String system;
    private final EventReceiver receiver;
    private final ExecutorService senders;
    private final RandomGenerator random;

    EventDelivery(
            EventOutbox outbox,
            String system,
            EventReceiver receiver,
            ExecutorService senders,
            RandomGenerator random) {
        this.outbox = outbox;
        this.system = system;
        this.receiver = receiver;
        this.senders = senders;
        this.random = random;
    }

    /**
     * Says how a round went.
     *
     * @param claimed how many events were claimed
     * @param away whether the system could not be reached, so that the next round has to wait
     */
    record DeliveryRound(int claimed, boolean away) {}

    /**
     * Delivers one batch. Once an event shows that the system is away, those that were not begun are given back.
     *
     * @param worker a name that no other worker has at the same time
     */
    DeliveryRound deliverBatch(String worker) {
        List<OutgoingEvent> claimed = outbox.claim(system, worker, BATCH);
        long late = System.nanoTime() + BEGIN.toNanos();
        AtomicBoolean away = new AtomicBoolean();
        Map<OutgoingEvent, Future<@Nullable DeliveryOutcome>> begun = new LinkedHashMap<>();
        claimed.forEach(event -> begun.put(event, senders.submit(() -> deliver(event, away, late))));
        List<Delivered> delivered = new ArrayList<>();
        List<OutgoingEvent> left = new ArrayList<>();
        Map<OutgoingEvent, Failed> failed = new LinkedHashMap<>();
        begun.forEach((event, future) -> {
            DeliveryOutcome outcome = outcome(future);
            if (outcome instanceof Taken taken) {
                delivered.add(new Delivered(event, taken.answer()));
            } else if (outcome instanceof Failed failure) {
                failed.put(event, failure);
            } else {
                left.add(event);
            }
        });
        outbox.markDelivered(system, delivered);
        failed.forEach(this::record);
        outbox.release(system, left);
        return new DeliveryRound(claimed.size(), away.get());
    }

    private @Nullable DeliveryOutcome deliver(OutgoingEvent event, AtomicBoolean away, long late) {
        if (away.get()
                || System.nanoTime() - late >= 0
                || Thread.currentThread().isInterrupted()) {
            return null;
        }
        DeliveryOutcome outcome = receiver.deliver(event);
        if (outcome instanceof Failed failed && failed.away()) {
            away.set(true);
        }
        return outcome;
    }

    /** Returns null for an event that was not begun. */
    private static @Nullable DeliveryOutcome outcome(Future<@Nullable DeliveryOutcome> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            LOG.warn("An event was not delivered because of a fault of the program.", e.getCause());
            return new Failed("internal", false);
        }
    }

    private void record(OutgoingEvent event, Failed failure) {
        boolean last = outbox.markFailed(event, failure.word(), pause(event.attempts()));
        LOG.warn(
                "{} did not take the event {} ({}): {}. {}",
                system,
                event.id(),
                event.type(),
                failure.word(),
                last ? "It is given up; send it again with: " + event.resendCommand() : "It is tried again.");
    }

    /** Doubles with each attempt. A part of it is random, so that not all events come back at the same moment. */
    Duration pause(int attempts) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 12));
        Duration whole = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return Duration.ofMillis((long) (whole.toMillis() * (0.75 + random.nextDouble() / 2)));
    }
}
