package dev.exeunt.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests the legal response deadlines. */
class ResponseDeadlinesTest {

    @Test
    void aMonthIsTheCalendarsAndEndsWithAShorterOne() {
        Request.Deadlines deadlines = Request.Deadlines.of(Instant.parse("2027-01-31T23:30:00Z"));
        assertThat(deadlines.oneMonth()).isEqualTo("2027-02-28T23:30:00Z");
        assertThat(deadlines.fortyFiveDays()).isEqualTo("2027-03-17T23:30:00Z");
    }
}
