package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what the task planner's requests leave where a statement fails, and what is due without grace. */
class TaskPlannerFailuresTest {

    private static final String PERSON = "a0000000-0000-4000-8000-00000000000";

    private static final String FAIL = """
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''injected''; END';
            CREATE TRIGGER fail BEFORE DELETE ON %s FOR EACH ROW WHEN (OLD.%s = '%s') EXECUTE FUNCTION fail();
            """;

    private final SampleTestApplication office = SampleTestApplication.of("task-planner");

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        office.close();
    }

    /** The map is read after the trigger was made: nothing but the trigger is in the way. */
    private AccountRequests failingAt(String table, String column, String person) {
        office.execute(FAIL.formatted(table, column, person));
        return office.exeunt().requests(office.sample().map());
    }

    private NewRequest leaving(String person) {
        String email = office.column("SELECT email FROM users WHERE id = '" + person + "'")
                .get(0);
        return NewRequest.self(AccountFlow.DELETE_ACCOUNT, person).typing(email);
    }

    @Test
    @DisplayName("TP-06 where signing out fails, there is no request, no date and no change")
    void scheduledWhollyOrNotAtAll() {
        String ada = PERSON + 1;
        AccountRequests requests = failingAt("sessions", "user_id", ada);
        Map<String, List<String>> before = office.sample().database().snapshot();
        assertThatThrownBy(() -> requests.submit(leaving(ada)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("P0001");
        assertThat(office.sample().database().snapshot())
                .as("Exeunt's own tables too")
                .isEqualTo(before);
        assertThat(requests.gate(ada, null).state()).isEqualTo(GateDecision.GateState.ALLOWED);
    }

    @Test
    @DisplayName("TP-09 of three people in one run one fails, and the others are erased; the failure names no person")
    void oneFailsAlone() {
        String ben = PERSON + 2;
        AccountRequests requests = failingAt("users", "id", ben);
        Request last = null;
        for (String person : List.of(PERSON + 4, ben, PERSON + 5)) {
            last = requests.submit(leaving(person));
        }
        office.setTime(last.dueAt());
        assertThat(requests.eraseDue("one")).isEqualTo(new ReapResult(2, 0, 1));
        assertThat(office.column("SELECT right(id::text, 1) FROM users ORDER BY 1"))
                .containsExactly("1", "2", "3", "6", "7");
        assertThat(requests.status(ben).requests().get(0).failure())
                .contains("P0001")
                .doesNotContain(ben, "ben@");
    }

    @Test
    @DisplayName("TP-09 grace 0d is due at once: the next run erases")
    void noGrace() throws IOException {
        Path map = Files.writeString(
                folder.resolve("exeunt.yaml"),
                Files.readString(office.sample().folder().resolve("exeunt.yaml"))
                        .replace("grace: 30d", "grace: 0d"));
        AccountRequests requests = office.exeunt().requests(Exeunt.readMap(map));
        Request request = requests.submit(leaving(PERSON + 4));
        assertThat(request.state()).isEqualTo(Request.State.SCHEDULED);
        assertThat(request.dueAt()).isEqualTo(request.requestedAt());
        assertThat(requests.eraseDue("one")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(office.column("SELECT id::text FROM users")).doesNotContain(PERSON + 4);
    }
}
