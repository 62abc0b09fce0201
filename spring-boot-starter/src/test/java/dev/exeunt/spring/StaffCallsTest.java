package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.HashKey;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.reach.SubjectKey;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Each call of staff is in the audit log, whatever came of it, and nothing there names the person. */
class StaffCallsTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("guild-platform");

    private static final String PERSON = "1002";

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static List<String> events() {
        return HOST.database()
                .column(
                        "SELECT name || ' ' || actor || coalesce(' ' || (details ->> 'call'), '') || coalesce(' ' || reason, '')"
                                + " FROM exeunt.event ORDER BY id");
    }

    @Test
    void viewsRefusalsAndRepeatedCallsAreRecordedAsWell() {
        String admin = HOST.admin("1008");
        HOST.get("/account/admin/requests", admin);
        HOST.get("/account/admin/" + PERSON, admin);
        HOST.get("/account/admin/no-such-key", admin);
        String export = "/account/admin/" + PERSON + "/export";
        String id = HOST.post(export, admin, "{\"reason\":\"first letter\"}").at("id");
        HOST.post(export, admin, "{}");
        HOST.get(export + "/" + id, admin);
        HOST.get(export + "/00000000-0000-0000-0000-000000000000/download", admin);
        String view = "user.staff_called staff:1008 GET /account/admin/";
        String post = "user.staff_called staff:1008 POST /account/admin/{subject}/export";
        assertThat(events().stream().filter(e -> !e.contains("exeunt")).toList())
                .containsExactly(
                        view + "requests",
                        view + "{subject}",
                        view + "{subject}",
                        post,
                        "user.data_export_requested staff:1008 first letter",
                        post,
                        view + "{subject}/export/{id}",
                        view + "{subject}/export/{id}/download");
        HashKey key = HashKey.ofHex(SpringTestApplication.KEY);
        assertThat(HOST.database()
                        .column(
                                "SELECT DISTINCT details ->> 'person' FROM exeunt.event WHERE details ->> 'call' LIKE '%subject}%'"
                                        + " AND details ->> 'person' IS NOT NULL"))
                .as("the person as a keyed hash")
                .containsExactly(HexFormat.of()
                        .formatHex(key.hash(SubjectKind.PERSON.text(), new SubjectKey(List.of(PERSON)).parts())));
        assertThat(HOST.database().column("SELECT e::text FROM exeunt.event e")).noneMatch(row -> row.contains(PERSON));
    }

    @Test
    void peopleAndStaffWithoutTheRightAreNoCallersOfThatKind() {
        int before = events().size();
        HOST.get("/account/admin/" + PERSON, HOST.token("1001"));
        HOST.get("/account/admin/" + PERSON, null);
        HOST.get("/account", HOST.admin("1008"));
        assertThat(events()).hasSize(before);
    }
}
