package dev.exeunt.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.lifecycle.RequestRefusedException.RequestRefusalReason;
import dev.exeunt.map.AccountFlow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Provides a fresh guild application for each test. */
abstract class GuildTestCase {

    static final Duration DAY = Duration.ofDays(1);
    static final Duration SECOND = Duration.ofSeconds(1);

    final GuildTestApplication town = GuildTestApplication.create();
    final AccountRequests departures = town.departures();

    @AfterEach
    void close() {
        town.close();
    }

    NewRequest acknowledged(AccountFlow flow, String key) {
        return NewRequest.self(flow, key)
                .acknowledging(departures.previewRequest(flow, key).warnings().digest());
    }

    Request deactivate(String key) {
        return departures.submit(acknowledged(AccountFlow.DEACTIVATE, key));
    }

    Request deleteData(String key) {
        return departures.submit(acknowledged(AccountFlow.DELETE_DATA, key));
    }

    Request deleteAccount(String key, String email) {
        return departures.submit(
                NewRequest.self(AccountFlow.DELETE_ACCOUNT, key).typing(email));
    }

    void refused(RequestRefusalReason why, Runnable asking) {
        Map<String, List<String>> before = town.rows();
        assertThatThrownBy(asking::run)
                .isInstanceOfSatisfying(
                        RequestRefusedException.class, e -> assertThat(e.why()).isEqualTo(why));
        assertThat(town.rows()).isEqualTo(before);
    }
}
