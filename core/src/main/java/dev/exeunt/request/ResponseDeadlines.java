package dev.exeunt.request;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Computes the legal deadlines by which a request must be answered. A month is the calendar's, by UTC: who asks on the
 * 31st is answered by the last day of a shorter month.
 *
 * @param oneMonth Regulation (EU) 2016/679, article 12 (3)
 * @param fortyFiveDays California Civil Code, section 1798.130 (a) (2)
 */
public record ResponseDeadlines(Instant oneMonth, Instant fortyFiveDays) {

    private static final Duration FORTY_FIVE_DAYS = Duration.ofDays(45);

    public static ResponseDeadlines of(Instant requestedAt) {
        return new ResponseDeadlines(
                requestedAt.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant(), requestedAt.plus(FORTY_FIVE_DAYS));
    }
}
