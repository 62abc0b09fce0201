package dev.exeunt.erase;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reports what is left of people, by place and count, never by value.
 *
 * <pre>{@code
 * Residue residue = exeunt.verify(map, List.of("42"), List.of("anna@example.org"));
 * if (residue.verdict() == ResidueVerdict.LEFT) {
 *     residue.places().stream()
 *             .filter(place -> place.kept() == null)
 *             .forEach(place -> System.out.println(place.table() + "." + place.column() + ": " + place.rows()));
 * }
 * }</pre>
 *
 * @param places in table order
 * @param tablesScanned how many tables were looked through
 * @param unreadable tables that could not be looked through, each with why; nothing is clean while there is one
 * @param unjudged places of which it cannot be said whether something is left
 * @param outside places outside the tables that hold former values for a time, each with what ends it
 * @param notes what is known of the people's erasure, in whole sentences
 */
public record Residue(
        List<ResiduePlace> places,
        int tablesScanned,
        List<String> unreadable,
        List<UnjudgedPlace> unjudged,
        List<String> outside,
        List<String> notes) {

    public Residue {
        places = List.copyOf(places);
        unreadable = List.copyOf(unreadable);
        unjudged = List.copyOf(unjudged);
        outside = List.copyOf(outside);
        notes = List.copyOf(notes);
    }

    /** Lists what a search can come to. */
    public enum ResidueVerdict {
        /** Everything was looked through, and only what the map keeps is there. */
        NOTHING_LEFT,
        /** Something is there that the map does not keep. */
        LEFT,
        /** Nothing was found that the map does not keep, but some rows or tables could not be judged. */
        NOT_JUDGED
    }

    public ResidueVerdict verdict() {
        if (places.stream().anyMatch(p -> p.kept() == null)) {
            return ResidueVerdict.LEFT;
        }
        boolean judged = unreadable.isEmpty() && unjudged.stream().allMatch(p -> p.rows() == 0);
        return judged ? ResidueVerdict.NOTHING_LEFT : ResidueVerdict.NOT_JUDGED;
    }

    /** Nothing is left but what the map keeps on purpose, and everything could be looked through and judged. */
    public boolean clean() {
        return verdict() == ResidueVerdict.NOTHING_LEFT;
    }

    /**
     * Names a table and column where traces remain, with row count and reason to keep.
     *
     * @param column the column, or a link's columns
     * @param what {@code link}, {@code key} or {@code value}; {@code same-key} where a row of the subject's table has an erased person's key; {@code rule} where a column does not bear what the map's rule
     *     writes; {@code later} for rows that came after the erasure
     * @param kept why the map keeps it, or null where it does not
     */
    public record ResiduePlace(
            String table,
            String column,
            String what,
            long rows,
            @Nullable String kept) {}

    /**
     * Names a table and columns that could not be judged.
     *
     * @param column the column, or several with commas between
     * @param rows how many; 0 for columns that were not looked through, since nothing says that they hold keys of people
     * @param why in words
     */
    public record UnjudgedPlace(String table, String column, long rows, String why) {}

    /**
     * Counts the people of one look for rows that came after an erasure.
     *
     * @param looked whose links were looked at
     * @param found of whom rows were found that are still there
     * @param erased whose late rows were erased
     */
    public record LateRowCounts(int looked, int found, int erased) {}

    /**
     * Holds the rows that came after the erasure of one person, without anything that tells who they are.
     *
     * @param request by which the account was erased
     * @param sameKey whether a row of the subject's table has the key again, of a new person or written back; it is never erased by itself
     * @param failure why the rows could not be erased; null where that was not tried
     */
    public record LateRows(
            UUID request,
            Instant erasedAt,
            Instant foundAt,
            List<ResiduePlace> places,
            boolean sameKey,
            @Nullable String failure) {

        public LateRows {
            places = List.copyOf(places);
        }
    }
}
