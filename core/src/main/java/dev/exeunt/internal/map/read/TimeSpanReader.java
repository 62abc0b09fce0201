package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import dev.exeunt.internal.map.yaml.YamlNode;
import dev.exeunt.map.TimeSpan;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads lengths of time wherever a map has one: {@code 10min}, {@code 24h}, {@code 30d}, {@code 18m}, {@code 6y}. */
public final class TimeSpanReader {

    /**
     * While a request lasts. Months are left out, because a link's {@code 30m} would be read as minutes. At most five
     * digits, so that what lies so far ahead is still a date.
     */
    public static final String SHORT = "[1-9][0-9]{0,4}[hd]";

    /** While a program waits. */
    public static final String WAIT = "[1-9][0-9]{0,4}(?:min|[hd])";

    /** As {@link #SHORT}, or at once. */
    public static final String GRACE = "(0|[1-9][0-9]{0,4})[hd]";

    /** How long rows are kept by law or reason. */
    public static final String LONG = "[1-9][0-9]{0,4}[dmy]";

    private static final String WAIT_FIX = "Write a number and min, h or d: 10min, 1h, 2d.";

    private final NodeReader nodes;

    TimeSpanReader(NodeReader nodes) {
        this.nodes = nodes;
    }

    /** Hours or days; null after a fault. */
    @Nullable
    TimeSpan ofRequest(YamlNode yaml, ExpectedNode expected) {
        return read(yaml, expected, SHORT, "Write a number and h or d: 24h, 30d.");
    }

    /** Minutes, hours or days; null after a fault. */
    @Nullable
    TimeSpan ofWait(YamlNode yaml, ExpectedNode expected) {
        return read(yaml, expected, WAIT, WAIT_FIX);
    }

    /** The same for a list; what is at fault is left out. */
    List<TimeSpan> ofWaits(YamlNode yaml, ExpectedNode expected) {
        return nodes.list(yaml, expected).stream()
                .map(word -> read(word, WAIT, WAIT_FIX))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** Hours or days, or none of them; null after a fault. */
    @Nullable
    TimeSpan ofGrace(YamlNode yaml, ExpectedNode expected) {
        return read(yaml, expected, GRACE, "Write a number and h or d, or none: 24h, 30d, 0d, none.");
    }

    /** Days, months or years; null after a fault. */
    @Nullable
    TimeSpan ofKeeping(YamlNode yaml, ExpectedNode expected) {
        return read(yaml, expected, LONG, "Write a number and d, m or y: 30d, 18m, 6y.");
    }

    private @Nullable TimeSpan read(YamlNode yaml, ExpectedNode expected, String form, String fix) {
        LocatedText word = nodes.text(yaml, expected);
        return word == null ? null : read(word, form, fix);
    }

    private @Nullable TimeSpan read(LocatedText word, String form, String fix) {
        if (!word.text().matches(form)) {
            nodes.faults().malformed(word.at(), ValueExcerpt.quoted(word.text()) + " is not a period.", fix);
            return null;
        }
        return TimeSpan.of(word.text()).orElseThrow();
    }
}
