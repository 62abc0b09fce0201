package dev.exeunt.support.message;

import java.time.Instant;
import java.util.UUID;

/**
 * Holds a wish for a link that a worker has claimed.
 *
 * @param fence tells this claim from every other one
 * @param attempts how often it was tried, with this attempt
 * @param askedAt when the person asked
 */
public record ClaimedLink(UUID id, long fence, int attempts, Instant askedAt) {}
