package dev.exeunt.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.lifecycle.DepartureRefusedException.Why;
import dev.exeunt.map.Flow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A town of its own for each test, and what its people do. */
abstract class TownTest {

    static final Duration DAY = Duration.ofDays(1);
    static final Duration SECOND = Duration.ofSeconds(1);

    final Town town = Town.made();
    final Departures departures = town.departures();

    @AfterEach
    void close() {
        town.close();
    }

    Ask acknowledged(Flow flow, String key) {
        return Ask.self(flow, key)
                .acknowledging(departures.outlook(flow, key).warnings().digest());
    }

    Request deactivate(String key) {
        return departures.ask(acknowledged(Flow.DEACTIVATE, key));
    }

    Request deleteData(String key) {
        return departures.ask(acknowledged(Flow.DELETE_DATA, key));
    }

    Request deleteAccount(String key, String email) {
        return departures.ask(Ask.self(Flow.DELETE_ACCOUNT, key).typing(email));
    }

    void refused(Why why, Runnable asking) {
        Map<String, List<String>> before = town.rows();
        assertThatThrownBy(asking::run)
                .isInstanceOfSatisfying(
                        DepartureRefusedException.class,
                        e -> assertThat(e.why()).isEqualTo(why));
        assertThat(town.rows()).isEqualTo(before);
    }
}
