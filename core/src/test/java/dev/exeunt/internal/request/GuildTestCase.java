package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Provides a fresh guild application for each test. */
public abstract class GuildTestCase {

    public static final Duration DAY = Duration.ofDays(1);
    public static final Duration SECOND = Duration.ofSeconds(1);

    public final GuildTestApplication guilds = GuildTestApplication.create();
    public final AccountRequests requests = guilds.requests();

    @AfterEach
    void close() {
        guilds.close();
    }

    NewRequest acknowledged(AccountFlow flow, String key) {
        return NewRequest.self(flow, key)
                .acknowledging(requests.previewRequest(flow, key).warnings().digest());
    }

    protected Request deactivate(String key) {
        return requests.submit(acknowledged(AccountFlow.DEACTIVATE, key));
    }

    protected Request deleteData(String key) {
        return requests.submit(acknowledged(AccountFlow.DELETE_DATA, key));
    }

    protected Request deleteAccount(String key, String email) {
        return requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, key).typing(email));
    }

    protected void refused(RequestRefusalReason why, Runnable asking) {
        Map<String, List<String>> before = guilds.rows();
        assertThatThrownBy(asking::run)
                .isInstanceOfSatisfying(
                        RequestRefusedException.class, e -> assertThat(e.why()).isEqualTo(why));
        assertThat(guilds.rows()).isEqualTo(before);
    }
}
