package dev.exeunt.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.RequestPreview;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests that what a person sees in SQL before they ask is what Java shows. */
class EntryPreviewTest extends EntryTestCase {

    private JsonNode preview(AccountFlow flow, String key) throws SQLException {
        return json(key, "exeunt.preview(?)", flow.word());
    }

    private static List<String> counts(JsonNode preview) {
        List<String> counts = new ArrayList<>();
        preview.path("rows")
                .forEach(r -> counts.add(r.path("table").asString() + "."
                        + r.path("link").asString() + " " + r.path("fate").asString() + " "
                        + r.path("rows").asLong()));
        return counts;
    }

    private List<String> countsOfJava(AccountFlow flow, String key) {
        ErasurePreview preview = requests.previewErasure(flow, key);
        return preview.roles().stream()
                .map(r -> r.table() + "." + r.role() + " " + r.fate() + " " + r.rows())
                .toList();
    }

    @Test
    void rowsAreCountedByLinkAsJavaCountsThem() throws SQLException {
        for (AccountFlow flow : AccountFlow.values()) {
            for (String key : List.of("1", "2", "3", "4")) {
                assertThat(counts(preview(flow, key))).as(flow + " " + key).isEqualTo(countsOfJava(flow, key));
            }
        }
        assertThat(counts(preview(AccountFlow.DELETE_ACCOUNT, "1"))).contains("posts.link delete 4");
    }

    @Test
    void aTreeOfRowsIsCountedToItsEndAndAValueOfAnotherPersonFindsNothing() throws SQLException {
        guilds.database().execute("""
                CREATE TABLE folders (id bigint PRIMARY KEY, owner_id bigint REFERENCES people, parent_id bigint REFERENCES folders);
                CREATE INDEX ON folders (owner_id);
                CREATE INDEX ON folders (parent_id);
                INSERT INTO folders VALUES (1, 1, NULL), (2, NULL, 1), (3, NULL, 2), (4, NULL, 3), (5, 2, 4), (6, 2, NULL);
                INSERT INTO people VALUES (5, 'twin@x.test', NULL, NULL, NULL), (6, 'Twin@x.test', NULL, NULL, NULL);
                INSERT INTO mails VALUES (3, 'twin@x.test');
                """);
        requests = offering(
                GuildTestApplication.MAP.replace(
                        "  mails:",
                        "  folders: { scope: account, erase: delete, links: { owner: { subject: owner_id },"
                                + " below: { through: folders, role: [owner, below], on: parent_id } } }\n  mails:"),
                "");
        for (String key : List.of("1", "2", "5", "6")) {
            assertThat(counts(preview(AccountFlow.DELETE_ACCOUNT, key)))
                    .as(key)
                    .isEqualTo(countsOfJava(AccountFlow.DELETE_ACCOUNT, key));
        }
        assertThat(counts(preview(AccountFlow.DELETE_ACCOUNT, "1"))).contains("folders.below delete 4");
    }

    @Test
    void theDigestIsTheOneThatJavaGivesWhateverTheTexts() throws SQLException {
        guilds.database().execute("""
                UPDATE guilds SET name = E'Z\\u00fcrich \\U0001F3F0 ''quoted'' {brace}\\nline' WHERE id = 1;
                UPDATE guilds SET name = E'\\uFFFDe' WHERE id = 2;
                INSERT INTO guilds VALUES (3, E'\\U0001F600'), (4, ''), (5, '%s'), (6, 'Smiths'), (7, 'Smiths');
                INSERT INTO members SELECT g, 1, 'member' FROM generate_series(2, 7) g;
                """);
        for (AccountFlow flow : AccountFlow.values()) {
            for (String key : List.of("1", "2", "4")) {
                RequestPreview.Warnings warnings =
                        requests.previewRequest(flow, key).warnings();
                JsonNode preview = preview(flow, key);
                assertThat(preview.path("digest").asString())
                        .as(flow + " " + key)
                        .isEqualTo(warnings.digest());
                assertThat(preview.path("warnings")).hasSize(warnings.messages().size());
            }
        }
        assertThat(requests.previewRequest(AccountFlow.DELETE_DATA, "1")
                        .warnings()
                        .messages())
                .hasSize(7);
    }

    @Test
    void valuesOfEachTypeAreWrittenAsJavaWritesThem() throws SQLException {
        guilds.database()
                .execute("ALTER DATABASE " + guilds.database().databaseName() + " SET timezone = 'Asia/Kathmandu'");
        guilds.database().execute("ALTER DATABASE " + guilds.database().databaseName() + " SET datestyle = 'German'");
        String values =
                "timestamptz '2026-01-02 03:04:05.6+00' as a, date '2026-01-02' as b, 1.50::numeric as c, 0.1::float8 as d,"
                        + " true as e, array[1,2] as f, interval '1 day 2 hours' as g, null::text as h, '\\\\x01'::bytea as i";
        requests = offering(
                GuildTestApplication.MAP
                        .replace(
                                "select g.name from guilds g join members m",
                                "select g.name, " + values + " from guilds g join members m")
                        .replace(
                                "message: \"{name} will see that you are gone.\"",
                                "message: \"{name}: {a} {b} {c} {d} {e} {f} {g} {h} {i}\"\n"
                                        + "  plain: { flows: [delete-data], sql: \"select " + values
                                        + " where :subject > 0\" }"),
                "");
        RequestPreview.Warnings warnings =
                requests.previewRequest(AccountFlow.DELETE_DATA, "1").warnings();
        assertThat(warnings.messages()).hasSize(2);
        for (int i = 0; i < 7; i++) { // the driver changes to binary values after some
            assertThat(requests.previewRequest(AccountFlow.DELETE_DATA, "1").warnings())
                    .isEqualTo(warnings);
        }
        assertThat(preview(AccountFlow.DELETE_DATA, "1").path("digest").asString())
                .isEqualTo(warnings.digest());
    }

    @Test
    void aDigestOfThePreviewIsAcceptedAndAStaleOneIsRefusedAtOnce() throws SQLException {
        String ask = "exeunt.request_deletion(flow => 'deactivate', acknowledge => ?)";
        String digest = preview(AccountFlow.DEACTIVATE, "1").path("digest").asString();
        for (String other : new String[] {
            null,
            "",
            "0000000000000000",
            preview(AccountFlow.DELETE_DATA, "1").path("digest").asString()
        }) {
            refused("PT409", () -> json("1", ask, other));
        }
        guilds.database().execute("UPDATE guilds SET name = 'Goldsmiths' WHERE id = 1");
        refused("PT409", () -> json("1", ask, digest));
        json("1", ask, preview(AccountFlow.DEACTIVATE, "1").path("digest").asString());
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        assertThat(status("1").path("open")).hasSize(1);
    }

    @Test
    void aWarningThatChangesBeforeTheWorkerComesIsRefusedByIt() throws SQLException {
        json(
                "1",
                "exeunt.request_deletion(flow => 'deactivate', acknowledge => ?)",
                preview(AccountFlow.DEACTIVATE, "1").path("digest").asString());
        guilds.database().execute("UPDATE guilds SET name = 'Goldsmiths' WHERE id = 1");
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        assertThat(status("1").path("refused").path(0).path("refusal").asString())
                .isEqualTo("unacknowledged");
    }

    @Test
    void thePreviewTellsWhatToTypeAndOnlyOfFlowsOnOffer() throws SQLException {
        assertThat(preview(AccountFlow.DELETE_ACCOUNT, "1").path("confirm").asString())
                .isEqualTo("email");
        assertThat(preview(AccountFlow.DEACTIVATE, "1").path("confirm").isNull())
                .isTrue();
        refused("PT404", () -> json("1", "exeunt.preview('delete')"));
        refused("28000", () -> gateway.callWithClaims("{}", "exeunt.preview('delete-account')"));
    }
}
