package dev.exeunt.internal.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts what the sampled values of one place are.
 *
 * @param path within an array or a document, {@code $.actor.id}; empty for a column's own values. Names that may be values are {@code *}
 * @param names whether the values are the names of members there
 * @param total values that are not NULL
 * @param different of them, counted once
 * @param matches people's keys and identifiers among them
 */
record PlaceCounts(
        SampledPlace place,
        String path,
        boolean names,
        long total,
        long different,
        ContentCounts content,
        List<PersonMatch> matches) {

    PlaceCounts {
        matches = List.copyOf(matches);
    }

    /**
     * Counts different values by what they read like.
     *
     * @param phones with a plus sign and a country's number
     * @param digits that are telephone numbers where the column's name says so
     */
    record ContentCounts(long emails, long phones, long digits, long addresses) {}

    /**
     * Counts different values that name a person whose row this is not, by the links of the map.
     *
     * @param identifier 0 for the key, else the number of the subject's identifier from 1
     * @param telling keys of 8 characters and more, identifiers with an at sign
     * @param spread whether integers reach over the keys as keys in use do, unlike counts and quantities
     */
    record PersonMatch(int identifier, long matched, long telling, boolean spread) {}

    /** The same counts with the matches of both. */
    PlaceCounts withMatchesOf(PlaceCounts other) {
        List<PersonMatch> both = new ArrayList<>(matches);
        both.addAll(other.matches);
        return new PlaceCounts(place, path, names, total, different, content, both);
    }

    /** The last name of the path, else the column's. */
    String name() {
        String last = path.substring(path.lastIndexOf('.') + 1).replace("[*]", "");
        return last.isEmpty() || last.equals("$") || last.equals("*")
                ? place.column().name()
                : last;
    }
}
