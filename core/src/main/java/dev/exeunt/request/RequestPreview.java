package dev.exeunt.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the warnings and obstacles that a person would meet with a new request. It may name others: never to be logged.
 *
 * @param obstacles empty where nothing forbids it
 * @param delayedByHold whether a legal hold that the person may know of would keep the request from being carried out
 */
public record RequestPreview(Warnings warnings, List<Obstacle> obstacles, boolean delayedByHold) {
    public RequestPreview {
        obstacles = List.copyOf(obstacles);
    }

    /**
     * Lists the warnings that a person must acknowledge, with the digest that proves it. It may name others: never to be
     * logged.
     *
     * @param messages empty where there is nothing to warn of
     * @param digest of the messages as they stand now; the person's request repeats it as proof that they were read
     */
    public record Warnings(List<String> messages, String digest) {
        public Warnings {
            messages = List.copyOf(messages);
        }

        public boolean acknowledged(@org.jspecify.annotations.Nullable String by) {
            return messages.isEmpty() || digest.equals(by);
        }
    }

    /**
     * Describes a guard that forbids the request: message, link and whether staff may override it. It may name others and
     * what they own: never to be logged.
     *
     * @param guard the map's name for it
     * @param link where they can put it right, or null
     * @param overridable whether an administrator may pass it over
     */
    public record Obstacle(
            String guard, String message, @Nullable String link, boolean overridable) {}
}
