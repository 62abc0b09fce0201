package dev.exeunt.request;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Computes the legal deadlines by which a request must be answered. A month is the calendar's, by UTC: a request of the
 * 31st must be answered by the last day of a shorter month.
 *
 * <pre>{@code
 * ResponseDeadlines.of(request.requestedAt()).oneMonth(); // asked 2026-01-31T10:00:00Z: 2026-02-28T10:00:00Z
 * }</pre>
 *
 * @param oneMonth Regulation (EU) 2016/679, article 12 (3)
 * @param fortyFiveDays California Civil Code, section 1798.130 (a) (2)
 */
public record ResponseDeadlines(Instant oneMonth, Instant fortyFiveDays) {

    private static final Duration FORTY_FIVE_DAYS = Duration.ofDays(45);

    /** Returns the deadlines of a request that was made at this moment. */
    public static ResponseDeadlines of(Instant requestedAt) {
        return new ResponseDeadlines(
                requestedAt.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant(), requestedAt.plus(FORTY_FIVE_DAYS));
    }
}
