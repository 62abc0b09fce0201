package dev.exeunt.internal.draft.model;

import java.util.Locale;

/**
 * Counts the sampled rows of a table that have a link to any person.
 *
 * @param rows with the link
 * @param of rows that were sampled
 * @param whole whether these are all rows of the table
 */
public record SampledShare(long rows, long of, boolean whole) {

    /** Returns the counts for a comment, such as {@code 12 of 40 rows}. */
    public String words() {
        if (of == 0) {
            return whole ? "no rows yet" : "no row sampled";
        }
        String all = number(of) + (whole ? "" : " sampled") + (of == 1 ? " row" : " rows");
        return rows == of ? (of == 1 ? "the only row" : "all " + all) : number(rows) + " of " + all;
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
