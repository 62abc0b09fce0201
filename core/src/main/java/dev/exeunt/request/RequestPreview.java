package dev.exeunt.request;

import java.util.List;

/**
 * Lists the warnings and obstacles that a person would meet with a new request. It may name others: never to be logged.
 *
 * @param obstacles empty where nothing forbids it
 */
public record RequestPreview(RequestWarnings warnings, List<GuardObstacle> obstacles) {
    public RequestPreview {
        obstacles = List.copyOf(obstacles);
    }
}
