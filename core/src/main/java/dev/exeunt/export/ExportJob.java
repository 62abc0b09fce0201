package dev.exeunt.export;

import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.request.Actor;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds the state of an export that a person or staff requested. Without the person's key: it may be shown to staff and logged.
 *
 * @param requestedBy {@code self}, or who of the staff
 * @param done sections of the attempt under way, of {@code sections}; both 0 before it has begun
 * @param bytes of the archive, once it is whole; stays when the archive is gone
 * @param expiresAt from when on it can be fetched no more; null before it is ready
 * @param attempts that failed
 * @param failure why the last attempt failed, without personal data; null where none did
 * @param chosenSections the names of the only sections that were asked for; empty where all were
 */
public record ExportJob(
        UUID id,
        State state,
        BundleFormat format,
        Instant requestedAt,
        String requestedBy,
        int done,
        int sections,
        @Nullable Long bytes,
        @Nullable Long rows,
        @Nullable Instant readyAt,
        @Nullable Instant expiresAt,
        int attempts,
        @Nullable String failure,
        List<String> chosenSections) {

    public ExportJob {
        chosenSections = List.copyOf(chosenSections);
    }

    /** Whether staff asked for it, and gave a reason. */
    public boolean byStaff() {
        return new Actor(requestedBy).isStaff();
    }

    /** Whether it can be fetched at that moment. The clean-up need not have run. */
    public boolean fetchable(Instant now) {
        return state == State.READY && expiresAt != null && now.isBefore(expiresAt);
    }

    /** Whether it cannot be fetched any more: its archive has expired, or it was handed over and kept nowhere. */
    public boolean gone(Instant now) {
        return state == State.EXPIRED || state == State.DELIVERED || state == State.READY && !fetchable(now);
    }

    /** Lists the states of an export job. The table in docs/explanation/exports.md says which follows which. */
    public enum State {
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

        public static State of(String word) {
            return Arrays.stream(values())
                    .filter(s -> s.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("a newer program's state: " + word));
        }
    }
}
