package dev.exeunt.map;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Represents a length of time as a map writes it, in minutes, hours, days, calendar months or calendar years. Months and years
 * are the calendar's, so how long one is depends on when it begins.
 *
 * <pre>{@code
 * Instant end = TimeSpan.of("6m").orElseThrow().after(Instant.parse("2026-08-31T00:00:00Z")); // 2027-02-28T00:00:00Z
 * }</pre>
 *
 * @param amount from 0 on
 */
public record TimeSpan(int amount, Unit unit) {

    /** At most five digits, so that what lies so far ahead is still a date. */
    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})(min|[hdmy])");

    public TimeSpan {
        if (amount < 0) {
            throw new IllegalArgumentException("a span does not go back in time: " + amount);
        }
    }

    /** Reads a span as a map writes it, such as {@code 30d}; empty where the text is none. */
    public static Optional<TimeSpan> of(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Arrays.stream(Unit.values())
                        .filter(u -> u.letter().equals(parts.group(2)))
                        .findFirst()
                        .map(u -> new TimeSpan(Integer.parseInt(parts.group(1)), u))
                : Optional.empty();
    }

    public static TimeSpan hours(int amount) {
        return new TimeSpan(amount, Unit.HOURS);
    }

    public static TimeSpan days(int amount) {
        return new TimeSpan(amount, Unit.DAYS);
    }

    /** When a span that begins at this moment ends, by the calendar of UTC. A day has 24 hours. */
    public Instant after(Instant start) {
        var from = start.atOffset(ZoneOffset.UTC);
        return switch (unit) {
            case MINUTES -> from.plusMinutes(amount).toInstant();
            case HOURS -> from.plusHours(amount).toInstant();
            case DAYS -> from.plusDays(amount).toInstant();
            case MONTHS -> from.plusMonths(amount).toInstant();
            case YEARS -> from.plusYears(amount).toInstant();
        };
    }

    /** The longest it can be, whenever it begins. */
    public Duration longest() {
        return switch (unit) {
            case MINUTES -> Duration.ofMinutes(amount);
            case HOURS -> Duration.ofHours(amount);
            case DAYS -> Duration.ofDays(amount);
            case MONTHS -> Duration.ofDays(31L * amount);
            case YEARS -> Duration.ofDays(366L * amount);
        };
    }

    /** For people: {@code 30 days}, {@code 1 hour}. */
    public String words() {
        String unit = this.unit.name().toLowerCase(Locale.ROOT);
        return amount + " " + (amount == 1 ? unit.substring(0, unit.length() - 1) : unit);
    }

    /** {@code 30d} */
    @Override
    public String toString() {
        return amount + unit.letter;
    }

    public enum Unit {
        MINUTES("min"),
        HOURS("h"),
        DAYS("d"),
        MONTHS("m"),
        YEARS("y");

        private final String letter;

        Unit(String letter) {
            this.letter = letter;
        }

        /** {@code d} */
        public String letter() {
            return letter;
        }
    }
}
