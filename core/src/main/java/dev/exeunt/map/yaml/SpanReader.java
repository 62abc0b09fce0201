package dev.exeunt.map.yaml;

import dev.exeunt.map.Span;
import dev.exeunt.map.Word;
import org.jspecify.annotations.Nullable;

/** Reads lengths of time, wherever a map has one: {@code 24h}, {@code 30d}, {@code 18m}, {@code 6y}. */
final class SpanReader {

    /**
     * While a request lasts. Without months: in a link's {@code 30m} everybody would read minutes. At most five digits, so that
     * what lies so far ahead is still a date.
     */
    static final String SHORT = "[1-9][0-9]{0,4}[hd]";

    /** As {@link #SHORT}, or at once. */
    static final String GRACE = "(0|[1-9][0-9]{0,4})[hd]";

    /** How long rows are kept by law or reason. */
    static final String LONG = "[1-9][0-9]{0,4}[dmy]";

    private final NodeReader nodes;

    SpanReader(NodeReader nodes) {
        this.nodes = nodes;
    }

    /** Hours or days; null after a fault. */
    @Nullable
    Span ofRequest(Yaml yaml, Expected expected) {
        return read(yaml, expected, SHORT, "Write a number and h or d: 24h, 30d.");
    }

    /** Hours or days, or none of them; null after a fault. */
    @Nullable
    Span ofGrace(Yaml yaml, Expected expected) {
        return read(yaml, expected, GRACE, "Write a number and h or d, or none: 24h, 30d, 0d, none.");
    }

    /** Days, months or years; null after a fault. */
    @Nullable
    Span ofKeeping(Yaml yaml, Expected expected) {
        return read(yaml, expected, LONG, "Write a number and d, m or y: 30d, 18m, 6y.");
    }

    private @Nullable Span read(Yaml yaml, Expected expected, String form, String fix) {
        Word word = nodes.text(yaml, expected);
        if (word == null) {
            return null;
        }
        if (!word.text().matches(form)) {
            nodes.faults().malformed(word.at(), Shown.quoted(word.text()) + " is not a period.", fix);
            return null;
        }
        return Span.of(word.text()).orElseThrow();
    }
}
