package dev.exeunt.support.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says what external systems still have to answer about the erasure of a request. The request is done everywhere once none is waited for.
 *
 * @param waiting the systems that have not answered, in the order of their dates
 * @param until the latest of their dates; null where none is waited for
 * @param overdue those of them whose date is over
 * @param refused systems that refused to erase, until staff settle it
 * @param givenUp systems that were not told, since the event was given up; each of them is waited for as well
 */
public record OpenAnswers(
        UUID request,
        List<String> waiting,
        @Nullable Instant until,
        List<String> overdue,
        List<String> refused,
        List<String> givenUp) {

    public OpenAnswers {
        waiting = List.copyOf(waiting);
        overdue = List.copyOf(overdue);
        refused = List.copyOf(refused);
        givenUp = List.copyOf(givenUp);
    }

    /** Returns that nothing is waited for. */
    public static OpenAnswers none(UUID request) {
        return new OpenAnswers(request, List.of(), null, List.of(), List.of(), List.of());
    }

    /** Whether each system that has to answer has answered, or staff have ended the wait. */
    public boolean complete() {
        return waiting.isEmpty();
    }

    /** Whether staff have something to do. */
    public boolean needsStaff() {
        return !overdue.isEmpty() || !refused.isEmpty() || !givenUp.isEmpty();
    }

    /** Returns the fields as staff see them: lists of names, and a text. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("waiting", waiting);
        fields.put("until", until == null ? null : until.toString());
        fields.put("overdue", overdue);
        fields.put("refused", refused);
        fields.put("givenUp", givenUp);
        return fields;
    }
}
