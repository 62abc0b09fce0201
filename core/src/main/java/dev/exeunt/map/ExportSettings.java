package dev.exeunt.map;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * @param name the bundle's file name without ending; {@code {key}} and {@code {timestamp}} are filled in
 * @param schema version of the document's structure, written at its top
 * @param limit how often a person may ask; null for as often as they like
 * @param link how long a link to the archive is good for
 * @param keep how long the archive is kept
 */
public record ExportSettings(
        String name, int schema, Format format, @Nullable Limit limit, Span link, Span keep) {

    /** What a map that says nothing gets. */
    public static final ExportSettings DEFAULT =
            new ExportSettings("data-export-{key}-{timestamp}", 1, Format.ZIP, null, Span.hours(1), Span.hours(24));

    /** How the bundle is packed. */
    public enum Format {
        /** A ZIP with each section as JSON and CSV. */
        ZIP,
        /** One JSON document. */
        JSON
    }

    /** {@code 1 per 24h}: so many requests within any span of that length. */
    public record Limit(int requests, Span per) {

        /** How a map writes it. */
        public static final String FORM = "([1-9][0-9]{0,4}) per ([1-9][0-9]{0,4}[hd])";

        /** As a map writes it; empty where it is none. */
        public static Optional<Limit> of(String text) {
            Matcher parts = Pattern.compile(FORM).matcher(text);
            return parts.matches()
                    ? Span.of(parts.group(2)).map(per -> new Limit(Integer.parseInt(parts.group(1)), per))
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
