package dev.exeunt.support.message;

import dev.exeunt.request.Request;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds a message that a worker has claimed to send.
 *
 * @param fence tells this claim from every other one
 * @param attempts how often it was tried, with this attempt
 * @param request the request to leave; null for an export
 * @param expiresAt when the export can no longer be downloaded; null for a request to leave
 */
public record OutgoingMessage(
        UUID id,
        long fence,
        int attempts,
        MessageKind kind,
        String language,
        String address,
        @Nullable Request request,
        @Nullable Instant expiresAt) {

    /** Without the address, so that no log or exception shows it by accident. */
    @Override
    public String toString() {
        return "OutgoingMessage[" + id + ", " + kind.word() + "]";
    }
}
