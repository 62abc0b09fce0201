package dev.exeunt.support.message;

import java.time.Instant;
import java.util.UUID;

/**
 * Tells whom a one-time link lets in.
 *
 * @param key the person's key, as tokens have it
 * @param madeAt when the link was made; an erasure after it makes the link worthless
 * @param until when the link expires
 */
public record OpenedLink(UUID id, String key, Instant madeAt, Instant until) {

    /** Without the key, so that no log or exception shows it by accident. */
    @Override
    public String toString() {
        return "OpenedLink[" + id + "]";
    }
}
