package dev.exeunt.support.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one external system still has to get and to answer.
 *
 * @param named whether the map names the system; events of a system that was taken out of the map wait for ever
 * @param waiting events not delivered yet
 * @param oldest when the oldest of them happened; null where none waits
 * @param failed events given up, which staff can send again
 * @param unanswered erasures that the system has taken, or will get, and not answered
 * @param overdue those of them whose deadline is over
 * @param refused erasures that the system has refused
 * @param paused why staff have paused the system; null where they have not
 */
public record SystemStatus(
        String system,
        boolean named,
        long waiting,
        @Nullable Instant oldest,
        long failed,
        long unanswered,
        long overdue,
        long refused,
        @Nullable String paused) {
    /** Returns the fields as they are printed and sent over HTTP: texts, numbers, truth values and null. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("system", system);
        fields.put("named", named);
        fields.put("waiting", waiting);
        fields.put("oldest", oldest == null ? null : oldest.toString());
        fields.put("failed", failed);
        fields.put("unanswered", unanswered);
        fields.put("overdue", overdue);
        fields.put("refused", refused);
        fields.put("paused", paused);
        return fields;
    }
}
