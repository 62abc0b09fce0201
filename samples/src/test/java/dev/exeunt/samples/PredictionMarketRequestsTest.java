package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests the prediction market's acceptance rows about account requests. */
class PredictionMarketRequestsTest {

    private final SampleTestApplication office = SampleTestApplication.of("prediction-market");
    private final AccountRequests requests = office.requests();

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    @DisplayName(
            "PM-06 PM-08 the request itself erases; the gate and an old token say so, deleted_at is set, tokens are gone")
    void atOnce() {
        Request request =
                requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "1").because("The odds were against me."));
        assertThat(request.state()).isEqualTo(Request.State.ERASED);
        assertThat(request.erasedAt()).isEqualTo(office.now());
        assertThat(office.column("SELECT (deleted_at IS NOT NULL AND email IS NULL)::text FROM users WHERE id = 1"))
                .containsExactly("true");
        assertThat(office.column("SELECT count(*) FROM refresh_tokens WHERE user_id = 1"))
                .containsExactly("0");
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.ERASED);
        assertThat(requests.gate("1", office.now().minusSeconds(60)).state()).isEqualTo(GateDecision.GateState.ERASED);
        assertThat(requests.gate("2", office.now().minusSeconds(60)).state()).isEqualTo(GateDecision.GateState.ALLOWED);
        assertThat(office.column("SELECT num_nulls(subject, reason)::text FROM exeunt.request"))
                .containsExactly("2");
    }

    @Test
    @DisplayName("PM-06 where the request cannot be stored, nothing has changed")
    void orNothing() {
        Map<String, List<String>> before = office.sample().database().snapshot();
        office.execute("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;"
                + "CREATE TRIGGER no BEFORE INSERT ON exeunt.erased FOR EACH ROW EXECUTE FUNCTION no()");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "1"))))
                .isInstanceOf(dev.exeunt.ExeuntException.class);
        assertThat(office.sample().database().snapshot()).isEqualTo(before);
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.ALLOWED);
    }
}
