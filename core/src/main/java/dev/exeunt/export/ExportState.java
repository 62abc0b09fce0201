package dev.exeunt.export;

import java.util.Arrays;
import java.util.Locale;

/** Lists the states of an export job. The table in docs/explanation/exports.md says which follows which. */
public enum ExportState {
    /** no worker has begun, or an attempt has failed and another will be made */
    PENDING,
    RUNNING,
    /** can be fetched until it expires */
    READY,
    /** its archive is gone */
    EXPIRED,
    /** handed over while it was read, and kept nowhere; {@code readyAt} is null while the reader does not have all of it */
    DELIVERED,
    /** given up; it may be asked for again at once */
    FAILED,
    CANCELLED;

    /** As it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is still to be made. */
    public boolean isOpen() {
        return this == PENDING || this == RUNNING;
    }

    public static ExportState of(String word) {
        return Arrays.stream(values())
                .filter(s -> s.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a newer program's state: " + word));
    }
}
