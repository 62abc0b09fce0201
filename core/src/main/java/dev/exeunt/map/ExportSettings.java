package dev.exeunt.map;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds how exports are named, limited and kept.
 *
 * @param name the bundle's file name without ending; {@code {key}} and {@code {timestamp}} are filled in
 * @param schema version of the document's structure, written at its top: a number such as {@code 1}, or a label
 * @param limit how often a person may ask; null for as often as they like
 * @param link how long a link to the archive is good for
 * @param keep how long the archive is kept
 */
public record ExportSettings(
        String name,
        String schema,
        BundleFormat format,
        @Nullable RateLimit limit,
        TimeSpan link,
        TimeSpan keep) {

    /** What a map that says nothing gets. */
    public static final ExportSettings DEFAULT = new ExportSettings(
            "data-export-{key}-{timestamp}", "1", BundleFormat.ZIP, null, TimeSpan.hours(1), TimeSpan.hours(24));

    /** Says whether Exeunt packs an export as a ZIP of sections or as one JSON document. */
    public enum BundleFormat {
        /** A ZIP with each section as JSON and CSV. */
        ZIP,
        /** One JSON document. */
        JSON
    }

    /** Limits how many exports a person may request within any period of a given length. */
    public record RateLimit(int requests, TimeSpan per) {

        /** How a map writes it. */
        public static final String FORM = "([1-9][0-9]{0,4}) per ([1-9][0-9]{0,4}[hd])";

        /** As a map writes it; empty where it is none. */
        public static Optional<RateLimit> of(String text) {
            Matcher parts = Pattern.compile(FORM).matcher(text);
            return parts.matches()
                    ? TimeSpan.of(parts.group(2)).map(per -> new RateLimit(Integer.parseInt(parts.group(1)), per))
                    : Optional.empty();
        }

        /** For people: {@code once in 24 hours}. */
        public String words() {
            return (requests == 1 ? "once" : requests == 2 ? "twice" : requests + " times") + " in " + per.words();
        }

        @Override
        public String toString() {
            return requests + " per " + per;
        }
    }
}
