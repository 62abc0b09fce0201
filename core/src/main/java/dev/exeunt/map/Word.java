package dev.exeunt.map;

/** A name or text out of a map, and where it stands, so that a finding can point at it. */
public record Word(String text, Position at) {

    @Override
    public String toString() {
        return text;
    }
}
