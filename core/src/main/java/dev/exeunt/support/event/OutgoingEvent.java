package dev.exeunt.support.event;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds an event that a worker has claimed for one system.
 *
 * @param id of the event: the same for each system and each attempt
 * @param fence of the claim
 * @param attempts that failed before this one
 * @param at when the change happened that it tells of
 * @param answerBy until when the system has to answer what it erased; null where it need not
 * @param content the body in JSON; null where it cannot be decrypted
 */
public record OutgoingEvent(
        UUID id,
        String system,
        long fence,
        int attempts,
        String type,
        Instant at,
        @Nullable Instant answerBy,
        @Nullable String content) {

    /** Returns the body; empty where it was encrypted with another key than that of this installation. */
    public Optional<String> body() {
        return Optional.ofNullable(content);
    }

    /** Returns the command by which staff send the event to its system again. */
    public String resendCommand() {
        return "exeunt systems " + system + " --resend " + id;
    }

    @Override
    public String toString() {
        return "OutgoingEvent[" + id + " " + type + " to " + system + "]";
    }
}
