package dev.exeunt.erase;

import java.util.List;

/**
 * Reports what is left of a person, by place and count, never by value.
 *
 * @param places in table order
 * @param tablesScanned how many tables were looked through
 * @param unreadable tables that could not be looked through, each with why; nothing is clean while there is one
 */
public record Residue(List<ResiduePlace> places, int tablesScanned, List<String> unreadable) {

    public Residue {
        places = List.copyOf(places);
        unreadable = List.copyOf(unreadable);
    }

    /** Nothing is left but what the map keeps on purpose, and everything could be looked through. */
    public boolean clean() {
        return unreadable.isEmpty() && places.stream().allMatch(p -> p.kept() != null);
    }

    /**
     * Names a table and column where traces remain, with row count and reason to keep.
     *
     * @param column the column, or a link's columns
     * @param what {@code link}, {@code key} or {@code value}
     * @param kept why the map keeps it, or null where it does not
     */
    public record ResiduePlace(
            String table,
            String column,
            String what,
            long rows,
            @org.jspecify.annotations.Nullable String kept) {}
}
