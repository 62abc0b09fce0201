package dev.exeunt.spring.external;

import dev.exeunt.support.event.OutgoingEvent;

/** Takes the events of one system. */
interface EventReceiver extends AutoCloseable {

    /** Delivers an event and waits for the outcome; throws nothing that the receiver can cause. */
    DeliveryOutcome deliver(OutgoingEvent event);

    @Override
    default void close() {}
}
