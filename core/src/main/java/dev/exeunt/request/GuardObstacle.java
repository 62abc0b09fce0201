package dev.exeunt.request;

import org.jspecify.annotations.Nullable;

/**
 * Describes a guard that forbids the request: message, link and whether staff may override it. It may name others and
 * what they own: never to be logged.
 *
 * @param guard the map's name for it
 * @param link where they can put it right, or null
 * @param overridable whether an administrator may pass it over
 */
public record GuardObstacle(
        String guard, String message, @Nullable String link, boolean overridable) {}
