package dev.exeunt.internal.map;

import dev.exeunt.map.Finding.Position;

/** Holds a name or text of the map together with its position, so that a finding can point at it. */
public record LocatedText(String text, Position at) {

    @Override
    public String toString() {
        return text;
    }
}
