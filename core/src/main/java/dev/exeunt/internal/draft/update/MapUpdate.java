package dev.exeunt.internal.draft.update;

import dev.exeunt.map.Finding;
import dev.exeunt.map.UpdatedMap;
import dev.exeunt.map.UpdatedMap.AddedEntry;
import dev.exeunt.map.UpdatedMap.ManualChange;
import java.util.List;

/**
 * A map, and what a schema that has changed since adds to it: tables, links, columns that need a word. Every character that
 * was there is there, in its order, and means what it meant; what cannot be added without changing something is not, and is
 * said instead. Applied twice it is what it was applied once.
 *
 * @param text the whole new map; the old one where nothing was added
 * @param before the map as it was
 */
public record MapUpdate(
        String text, String before, List<AddedEntry> added, List<ManualChange> left, List<String> hints) {

    public MapUpdate {
        added = List.copyOf(added);
        left = List.copyOf(left);
        hints = List.copyOf(hints);
    }

    /** What users are told of it. */
    public UpdatedMap report(String file, List<Finding> gone) {
        return new UpdatedMap(text, before, added, left, hints, gone, diff(file));
    }

    public boolean changes() {
        return !text.equals(before);
    }

    /** What was added as a unified diff; empty where nothing was. */
    public String diff(String file) {
        return UnifiedDiff.of(before, text, file);
    }
}
