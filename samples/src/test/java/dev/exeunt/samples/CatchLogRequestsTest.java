package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests the catch log's acceptance rows that need account requests. */
class CatchLogRequestsTest {

    private static final String LEAVER = "8d8685d5-b9fb-a13a-c65f-751077267bbc";

    private final SampleTestApplication office = SampleTestApplication.of("catch-log");

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    @DisplayName("CL-04 the user may give a reason, which is forgotten with them")
    void reason() {
        office.execute("UPDATE profiles SET deletion_reason = 'too few fish' WHERE id = '" + LEAVER + "'");
        Request request = office.requests()
                .submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, LEAVER).because("too few fish, and Kim"));
        assertThat(request.state()).isEqualTo(Request.State.ERASED);
        assertThat(office.column("SELECT moderation_status || ': ' || deletion_reason FROM profiles WHERE id = '"
                        + LEAVER + "'"))
                .containsExactly("deleted: too few fish");
        assertThat(office.column("SELECT reason FROM exeunt.request"))
                .as("gone with the person")
                .containsOnlyNulls();
        assertThat(office.column("SELECT name FROM exeunt.event WHERE reason IS NOT NULL"))
                .isEmpty();
    }

    @Test
    @DisplayName("CL-04 a reason of staff reaches the audit log without key and identifiers of the person")
    void reasonWithoutTheirName() {
        String email = office.column("SELECT email FROM profiles WHERE id = '" + LEAVER + "'")
                .get(0);
        office.requests()
                .submit(NewRequest.staff(
                        AccountFlow.DELETE_ACCOUNT,
                        LEAVER,
                        "robin",
                        email.toUpperCase(Locale.ROOT) + " (" + LEAVER + ") has asked"));
        assertThat(office.column("SELECT reason FROM exeunt.event WHERE reason IS NOT NULL"))
                .containsExactly("[removed] ([removed]) has asked");
    }

    @Test
    @DisplayName("CL-07 an admin cannot delete themself; another may let them, with a reason, and that is recorded")
    void admin() {
        String admin = office.column("SELECT user_id::text FROM admin_users ORDER BY user_id LIMIT 1")
                .get(0);
        Map<String, List<String>> before = office.rows();
        assertThatThrownBy(() -> office.requests().submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, admin)))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        e -> assertThat(e.obstacles().get(0).message()).startsWith("You are an administrator"));
        assertThatThrownBy(() -> office.exeunt().erase(office.sample().map(), List.of(admin), receipt -> {}))
                .as("nor by the command")
                .isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(() -> office.requests()
                        .submit(NewRequest.staff(AccountFlow.DELETE_ACCOUNT, admin, "robin", " ")
                                .overriding()))
                .hasMessageContaining("give a reason");
        assertThat(office.rows()).isEqualTo(before);

        office.requests()
                .submit(NewRequest.staff(AccountFlow.DELETE_ACCOUNT, admin, "robin", "left the team")
                        .overriding());
        assertThat(office.column("SELECT user_id::text FROM admin_users")).doesNotContain(admin);
        assertThat(
                        office.column(
                                "SELECT name || ' ' || actor || ' ' || reason FROM exeunt.event WHERE reason <> '' ORDER BY id"))
                .contains("user.guard_overridden staff:robin left the team");
    }

    @Test
    @DisplayName("CL-07 who is not an admin any more leaves like everybody")
    void formerAdmin() {
        String admin = office.column("SELECT user_id::text FROM admin_users ORDER BY user_id LIMIT 1")
                .get(0);
        office.execute("DELETE FROM admin_users WHERE user_id = '" + admin + "'");
        assertThat(office.requests()
                        .submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, admin))
                        .state())
                .isEqualTo(Request.State.ERASED);
    }
}
