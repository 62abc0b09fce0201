package dev.exeunt.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests how long a time span is. */
class TimeSpanTest {

    private static final Instant JANUARY_31 = Instant.parse("2027-01-31T12:00:00Z");

    @Test
    void endsByTheCalendar() {
        assertThat(new TimeSpan(90, TimeSpan.Unit.MINUTES).after(JANUARY_31)).isEqualTo("2027-01-31T13:30:00Z");
        assertThat(TimeSpan.hours(36).after(JANUARY_31)).isEqualTo("2027-02-02T00:00:00Z");
        assertThat(TimeSpan.days(30).after(JANUARY_31)).isEqualTo("2027-03-02T12:00:00Z");
        assertThat(new TimeSpan(1, TimeSpan.Unit.MONTHS).after(JANUARY_31)).isEqualTo("2027-02-28T12:00:00Z");
        assertThat(new TimeSpan(6, TimeSpan.Unit.YEARS).after(JANUARY_31)).isEqualTo("2033-01-31T12:00:00Z");
        assertThat(TimeSpan.days(0).after(JANUARY_31)).isEqualTo(JANUARY_31);
    }

    @Test
    void isNeverLongerThanItsLongest() {
        assertThat(new TimeSpan(90, TimeSpan.Unit.MINUTES).longest()).isEqualTo(Duration.ofMinutes(90));
        assertThat(TimeSpan.hours(36).longest()).isEqualTo(Duration.ofHours(36));
        assertThat(TimeSpan.days(30).longest()).isEqualTo(Duration.ofDays(30));
        assertThat(new TimeSpan(2, TimeSpan.Unit.MONTHS).longest()).isEqualTo(Duration.ofDays(62));
        assertThat(new TimeSpan(1, TimeSpan.Unit.YEARS).longest()).isEqualTo(Duration.ofDays(366));
    }

    @Test
    void isSaidInWords() {
        assertThat(TimeSpan.days(30).words()).isEqualTo("30 days");
        assertThat(TimeSpan.hours(1).words()).isEqualTo("1 hour");
        assertThat(new TimeSpan(1, TimeSpan.Unit.YEARS).words()).isEqualTo("1 year");
        assertThat(ExportSettings.RateLimit.of("1 per 24h").orElseThrow().words())
                .isEqualTo("once in 24 hours");
        assertThat(ExportSettings.RateLimit.of("3 per 1h").orElseThrow().words())
                .isEqualTo("3 times in 1 hour");
    }

    @Test
    void isWrittenAsInAMap() {
        assertThat(TimeSpan.days(30)).hasToString("30d");
        assertThat(new TimeSpan(18, TimeSpan.Unit.MONTHS)).hasToString("18m");
        assertThat(TimeSpan.of("10min")).contains(new TimeSpan(10, TimeSpan.Unit.MINUTES));
        assertThatThrownBy(() -> TimeSpan.days(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
