package dev.exeunt.map;

import dev.exeunt.map.Finding.Position;
import java.util.List;

/**
 * Holds a map together with what a changed schema adds to it: tables, links and columns that need a word. Every character that
 * was there is there, in its order, and means what it meant; what cannot be added without changing something is not, and is
 * said instead. Applied twice it is what it was applied once.
 *
 * @param text the whole new map; the old one where nothing was added
 * @param before the map as it was
 * @param added what the update added
 * @param left what the map needs and the user has to change by hand
 * @param hints places that are worth a look
 * @param gone names in the map that the database no longer has; they are left as they are
 * @param diff what was added as a unified diff; empty where nothing was
 */
public record UpdatedMap(
        String text,
        String before,
        List<AddedEntry> added,
        List<ManualChange> left,
        List<String> hints,
        List<Finding> gone,
        String diff) {

    /**
     * Describes an entry that the update added, and its line in the new text.
     *
     * @param line in the new text, from 1
     */
    public record AddedEntry(int line, String what) {}

    /**
     * Describes a change that the map needs and that the user has to make by hand.
     *
     * @param at in the map as it was
     * @param paste what to write, and instead of what
     */
    public record ManualChange(Position at, String what, String paste) {}

    public UpdatedMap {
        added = List.copyOf(added);
        left = List.copyOf(left);
        hints = List.copyOf(hints);
        gone = List.copyOf(gone);
    }

    public boolean changes() {
        return !text.equals(before);
    }
}
