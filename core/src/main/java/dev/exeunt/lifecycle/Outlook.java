package dev.exeunt.lifecycle;

import java.util.List;

/**
 * What somebody meets who wants to leave now. It may name others: never to be logged.
 *
 * @param obstacles empty where nothing forbids it
 */
public record Outlook(Warnings warnings, List<Obstacle> obstacles) {
    public Outlook {
        obstacles = List.copyOf(obstacles);
    }
}
