package dev.exeunt.spring.external;

import dev.exeunt.spring.external.DeliveryOutcome.Failed;
import dev.exeunt.support.event.OutgoingEvent;

/** Takes the events of one system. */
interface EventReceiver extends AutoCloseable {

    /** Delivers an event and waits for the outcome. An event that was encrypted with another key is not delivered. */
    default DeliveryOutcome deliver(OutgoingEvent event) {
        return event.body().map(body -> deliver(event, body)).orElseGet(() -> new Failed("key", false));
    }

    /**
     * Delivers an event and waits for the outcome; throws nothing that the receiver can cause.
     *
     * @param body the event as JSON
     */
    DeliveryOutcome deliver(OutgoingEvent event, String body);

    @Override
    default void close() {}
}
