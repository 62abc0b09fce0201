package dev.exeunt.support.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds what became of an event at one system. It names no person.
 *
 * @param position of the event: those of one person are in this order
 * @param request null for an erasure without a request
 * @param state waiting, delivered or failed
 * @param attempts that failed
 * @param nextAttempt when it is tried again; null where it is over
 * @param failure of the last attempt, as a word or a status code; null where none failed
 * @param answerBy until when the system has to answer; null where it need not
 * @param answer erased, nothing-found, refused or closed; null where there is none
 * @param reason of a refusal, or of staff
 */
public record DeliveryEntry(
        UUID event,
        long position,
        String system,
        String type,
        Instant at,
        @Nullable UUID request,
        String state,
        int attempts,
        @Nullable Instant nextAttempt,
        @Nullable String failure,
        @Nullable Instant answerBy,
        @Nullable String answer,
        @Nullable String reason) {
    /** Returns the fields as they are printed and sent over HTTP: texts, numbers, truth values and null. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("event", event.toString());
        fields.put("system", system);
        fields.put("type", type);
        fields.put("at", at.toString());
        fields.put("request", request == null ? null : request.toString());
        fields.put("state", state);
        fields.put("attempts", attempts);
        fields.put("nextAttempt", nextAttempt == null ? null : nextAttempt.toString());
        fields.put("failure", failure);
        fields.put("answerBy", answerBy == null ? null : answerBy.toString());
        fields.put("answer", answer);
        fields.put("reason", reason);
        return fields;
    }
}
