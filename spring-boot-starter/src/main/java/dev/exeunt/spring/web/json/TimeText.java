package dev.exeunt.spring.web.json;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats dates, times and durations for sentences. */
public final class TimeText {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final long HOUR = 3600;

    private TimeText() {}

    /** {@code 24 hours}, rounded up; {@code less than an hour}. */
    public static String hours(long seconds) {
        long hours = (seconds + HOUR - 1) / HOUR;
        if (seconds < HOUR) {
            return "less than an hour";
        }
        return hours == 1 ? "1 hour" : hours + " hours";
    }

    /** {@code 3 June 2026}, of UTC. */
    public static String date(Instant at) {
        return DATE.format(at);
    }
}
