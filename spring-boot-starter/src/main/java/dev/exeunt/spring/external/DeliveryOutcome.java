package dev.exeunt.spring.external;

import dev.exeunt.spring.external.http.CallFailedException;
import dev.exeunt.support.event.SystemAnswer;
import org.jspecify.annotations.Nullable;

/** Says what became of one attempt to deliver an event. */
sealed interface DeliveryOutcome {

    /**
     * The system has taken the event.
     *
     * @param answer what it says that it did; null where it said nothing
     */
    record Taken(@Nullable SystemAnswer answer) implements DeliveryOutcome {}

    /**
     * The system has not taken the event.
     *
     * @param word what failed, as a word or a status code; never a text of the system
     * @param away whether other events would fail in the same way
     */
    record Failed(String word, boolean away) implements DeliveryOutcome {

        static Failed of(CallFailedException failure) {
            return new Failed(failure.word(), failure.away());
        }
    }
}
