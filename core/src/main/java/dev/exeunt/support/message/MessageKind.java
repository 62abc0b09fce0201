package dev.exeunt.support.message;

import java.util.Arrays;
import java.util.Locale;

/** Lists the messages that a person is sent about a request. */
public enum MessageKind {
    /** an export can be downloaded */
    EXPORT_READY,
    /** a request was accepted; it can still be taken back */
    SCHEDULED,
    /** the grace period ends soon */
    REMINDER,
    /** the erasure is done */
    DONE;

    /** As the tables and the texts have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static MessageKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow();
    }
}
