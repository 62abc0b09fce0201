package dev.exeunt.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.internal.delivery.ExportTestApplication;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision.GateState;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tests requests that people make in SQL, and the worker that carries them out. */
class EntryRequestsTest extends EntryTestCase {

    private static final String DELETE = "exeunt.request_deletion(flow => 'delete-account', confirm => ?)";

    @TempDir
    Path archive;

    @Test
    void aRequestWaitsForTheWorkerWhichHidesTheData() throws SQLException {
        JsonNode asked = json("1", DELETE, " ANNA@x.test ");
        assertThat(asked.path("state").asString()).isEqualTo("waiting");
        assertThat(status("1").path("waiting").path(0).path("kind").asString()).isEqualTo("delete-account");
        assertThat(status("1").path("gate").path("state").asString()).isEqualTo("allowed");
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        JsonNode status = status("1");
        assertThat(status.path("waiting")).isEmpty();
        assertThat(status.path("refused")).isEmpty();
        assertThat(status.path("gate").path("state").asString()).isEqualTo("scheduled");
        assertThat(status.path("open").path(0).path("state").asString()).isEqualTo("scheduled");
        Request request = requests.status("1").requests().get(0);
        assertThat(status.path("open").path(0).path("id").asString())
                .isEqualTo(request.id().toString());
        assertThat(request.requestedBy()).isEqualTo("self");
        assertThat(guilds.ids("posts", "person = 1 AND deleted_at IS NULL"))
                .as("hidden")
                .isEmpty();
        assertThat(guilds.database().column("SELECT subject::text FROM exeunt.sql_request"))
                .isEmpty();
    }

    @Test
    void askingAgainGivesTheSameRequest() throws SQLException {
        json("1", DELETE, "anna@x.test");
        assertThat(json("1", DELETE, "anna@x.test").path("state").asString()).isEqualTo("waiting");
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        JsonNode again = json("1", DELETE, "not looked at, since it is open");
        assertThat(again.path("state").asString()).isEqualTo("scheduled");
        assertThat(requests.carryOutSqlRequests()).isZero();
        assertThat(requests.status("1").requests()).hasSize(1);
    }

    @Test
    void theConfirmationIsTypedAndIsTheCallersOwn() throws SQLException {
        for (String typed : new String[] {null, "", "ben@x.test", "anna@x.tes", "%", "anna@x.test' OR ''='"}) {
            refused("PT422", () -> json("1", DELETE, typed));
        }
        json(
                "1",
                "exeunt.request_deletion(flow => 'deactivate', acknowledge => ?)",
                digest(AccountFlow.DEACTIVATE, "1"));
        requests.carryOutSqlRequests();
        assertThat(guilds.database().scalar("SELECT email FROM people WHERE id = 1"))
                .startsWith("hidden-");
        refused("PT422", () -> json("1", DELETE, "ben@x.test"));
        assertThat(json("1", DELETE, "Anna@x.test").path("state").asString())
                .as("what it was before it was hidden")
                .isEqualTo("waiting");
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        assertThat(status("1").path("open")).hasSize(2);
    }

    private String digest(AccountFlow flow, String key) {
        return requests.previewRequest(flow, key).warnings().digest();
    }

    @Test
    void onlyFlowsOfTheMapAreOffered() {
        for (String flow : new String[] {"delete-everything", "", "DELETE-ACCOUNT", "export", null}) {
            refused("PT404", () -> json("1", "exeunt.request_deletion(?)", flow));
        }
    }

    @Test
    void whatAGuardForbidsIsToldByTheStatus() throws SQLException {
        json("3", DELETE, "cem@x.test");
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        JsonNode refusal = status("3").path("refused").path(0);
        assertThat(refusal.path("refusal").asString()).isEqualTo("guarded");
        assertThat(refusal.path("obstacles").path(0).path("message").asString())
                .isEqualTo("You are the only owner of Bakers.");
        assertThat(refusal.path("obstacles").path(0).path("link").asString()).isEqualTo("/guilds/2/members");
        assertThat(guilds.database().column("SELECT typed FROM exeunt.sql_request"))
                .containsOnlyNulls();
        assertThat(status("3").path("open")).isEmpty();
        guilds.database().execute("UPDATE members SET role = 'member' WHERE person = 3");
        json("3", DELETE, "cem@x.test");
        assertThat(status("3").path("refused")).as("asked anew").isEmpty();
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        assertThat(status("3").path("open")).hasSize(1);
    }

    @Test
    void aRefusalStaysForThirtyDays() throws SQLException {
        json("3", DELETE, "cem@x.test");
        requests.carryOutSqlRequests();
        guilds.clock().advance(Duration.ofDays(30).minusSeconds(1));
        requests.carryOutSqlRequests();
        assertThat(status("3").path("refused")).hasSize(1);
        guilds.clock().advance(Duration.ofSeconds(1));
        requests.carryOutSqlRequests();
        assertThat(status("3").path("refused")).isEmpty();
    }

    @Test
    void thePersonTakesARequestBackBeforeAndAfterTheWorkerHasIt() throws SQLException {
        refused("PT410", () -> json("1", "exeunt.cancel()"));
        List<String> posts = guilds.rows().get("posts");
        json("1", DELETE, "anna@x.test");
        assertThat(json("1", "exeunt.cancel()").path("state").asString()).isEqualTo("cancelled");
        assertThat(requests.carryOutSqlRequests()).isZero();
        assertThat(requests.status("1").requests()).isEmpty();

        json("1", DELETE, "anna@x.test");
        requests.carryOutSqlRequests();
        assertThat(guilds.rows().get("posts")).isNotEqualTo(posts);
        for (int i = 0; i < 2; i++) {
            assertThat(json("1", "exeunt.cancel()").path("state").asString()).isEqualTo("cancelling");
        }
        assertThat(status("1").path("open").path(0).path("state").asString()).isEqualTo("cancelling");
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        assertThat(guilds.rows().get("posts")).isEqualTo(posts);
        assertThat(requests.status("1").requests().get(0).state()).isEqualTo(Request.State.CANCELLED);
        assertThat(guilds.database().column("SELECT cancelled_by FROM exeunt.cancellation"))
                .containsExactly("self");
        refused("PT410", () -> json("1", "exeunt.cancel()"));
    }

    @Test
    void theStrongestDeletionIsTakenBackFirstAndADeactivationLast() throws SQLException {
        json(
                "1",
                "exeunt.request_deletion(flow => 'deactivate', acknowledge => ?)",
                digest(AccountFlow.DEACTIVATE, "1"));
        json(
                "1",
                "exeunt.request_deletion(flow => 'delete-data', acknowledge => ?)",
                digest(AccountFlow.DELETE_DATA, "1"));
        json("1", DELETE, "anna@x.test");
        requests.carryOutSqlRequests();
        for (String kind : List.of("delete-account", "delete-data", "deactivate")) {
            assertThat(json("1", "exeunt.cancel()").path("kind").asString()).isEqualTo(kind);
            requests.carryOutSqlRequests();
        }
        assertThat(requests.gate("1", null).state())
                .as("the login block holds to its end")
                .isEqualTo(GateState.BLOCKED);
        guilds.clock().advance(Duration.ofDays(1));
        assertThat(requests.gate("1", null).state()).isEqualTo(GateState.ALLOWED);
        assertThat(requests.status("1").requests())
                .extracting(Request::state)
                .containsExactlyInAnyOrder(Request.State.CANCELLED, Request.State.CANCELLED, Request.State.REACTIVATED);
    }

    @Test
    void aRequestThatWasTakenBackIsNotErasedThoughTheWorkerComesLate() throws SQLException {
        json("1", DELETE, "anna@x.test");
        requests.carryOutSqlRequests();
        json("1", "exeunt.cancel()");
        guilds.clock().advance(Duration.ofDays(20));
        assertThat(requests.eraseDue("w").erased()).isZero();
        requests.carryOutSqlRequests();
        assertThat(requests.status("1").requests().get(0).state()).isEqualTo(Request.State.CANCELLED);
    }

    @Test
    void askedAnewWhileItIsTakenBackIsANewRequest() throws SQLException {
        json("1", DELETE, "anna@x.test");
        requests.carryOutSqlRequests();
        json("1", "exeunt.cancel()");
        assertThat(json("1", DELETE, "anna@x.test").path("state").asString()).isEqualTo("waiting");
        assertThat(requests.carryOutSqlRequests()).isEqualTo(2);
        assertThat(requests.status("1").requests())
                .extracting(Request::state)
                .containsExactlyInAnyOrder(Request.State.SCHEDULED, Request.State.CANCELLED);
    }

    @Test
    void afterThePointOfNoReturnNothingIsTakenBackAndNothingAskedFor() throws SQLException {
        json("1", DELETE, "anna@x.test");
        requests.carryOutSqlRequests();
        guilds.database().execute("UPDATE exeunt.request SET state = 'erasing'");
        refused("PT423", () -> json("1", "exeunt.cancel()"));
        refused("PT423", () -> json("1", "exeunt.request_export()"));
    }

    @Test
    void theErasureLeavesNothingOfWhatWasAskedForInSql() throws SQLException {
        json("3", DELETE, "cem@x.test");
        requests.carryOutSqlRequests();
        guilds.database().execute("UPDATE members SET role = 'member' WHERE person = 3");
        Request request =
                requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "3").typing("cem@x.test"));
        json("3", "exeunt.request_export()");
        assertThat(guilds.database().column("SELECT kind FROM exeunt.sql_request"))
                .hasSize(2);
        guilds.clock().set(request.dueAt());
        assertThat(requests.eraseDue("w").erased()).isEqualTo(1);
        assertThat(guilds.database().column("SELECT kind FROM exeunt.sql_request"))
                .isEmpty();
    }

    @Test
    void aRequestOfAnErasedPersonIsRefusedByTheWorkerAtTheLatest() throws SQLException {
        json("4", DELETE, "dee@x.test");
        requests.carryOutSqlRequests();
        guilds.clock().advance(Duration.ofDays(14));
        assertThat(requests.eraseDue("w").erased()).isEqualTo(1);
        json("4", "exeunt.request_deletion(flow => 'delete-data')");
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        assertThat(status("4").path("refused").path(0).path("refusal").asString())
                .isEqualTo("too-late");
    }

    @Test
    void whatFailsIsTriedAgainLaterAndDoesNotStopTheOthers() throws SQLException {
        guilds.database().execute("""
                CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN IF EXISTS (SELECT FROM public.guilds WHERE name = ''Fail'') THEN RAISE division_by_zero; END IF; RETURN NEW; END';
                CREATE TRIGGER fail BEFORE UPDATE ON people FOR EACH ROW WHEN (old.id = 1) EXECUTE FUNCTION fail();
                INSERT INTO guilds VALUES (9, 'Fail')""");
        requests = offering(GuildTestApplication.MAP, "");
        json("1", DELETE, "anna@x.test");
        json("4", DELETE, "dee@x.test");
        assertThatThrownBy(requests::carryOutSqlRequests).hasMessageContaining("22012");
        assertThat(status("4").path("open")).hasSize(1);
        assertThat(status("1").path("waiting")).hasSize(1);
        guilds.database().execute("DELETE FROM guilds WHERE id = 9");
        assertThat(requests.carryOutSqlRequests()).as("put off").isZero();
        guilds.clock().advance(Duration.ofSeconds(30));
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        assertThat(status("1").path("open")).hasSize(1);
    }

    @Test
    void aPersonLearnsOfAHoldOnlyWhereStaffSaySo() throws SQLException {
        LegalHolds holds = guilds.exeunt().holds(MapReader.read(withSql(GuildTestApplication.MAP, ""), "exeunt.yaml"));
        offering(GuildTestApplication.MAP, "")
                .submit(NewRequest.staff(AccountFlow.DELETE_DATA, "1", "kim", "a letter"));
        holds.place(NewLegalHold.on("1", "lawsuit"), Actor.staff("kim"));
        assertThat(status("1").get("delayed_by_hold").asBoolean()).isFalse();
        holds.place(
                NewLegalHold.on("1", "audit")
                        .telling()
                        .until(guilds.clock().instant().plusSeconds(60)),
                Actor.staff("kim"));
        assertThat(status("1").get("delayed_by_hold").asBoolean()).isTrue();
        assertThat(status("2").get("delayed_by_hold").asBoolean()).isFalse();
        guilds.clock().advance(Duration.ofSeconds(60));
        assertThat(status("1").get("delayed_by_hold").asBoolean()).isFalse();
    }

    @Test
    void anExportIsAskedForOnceAndAsOftenAsTheLimitSays() throws SQLException {
        requests =
                offering(GuildTestApplication.MAP.replace("tables:\n", "export: { limit: 2 per 24h }\ntables:\n"), "");
        ExportJobs exports = ExportTestApplication.exports(guilds.exeunt(), new DirectoryArchives(archive), 2);
        for (int i = 0; i < 2; i++) {
            assertThat(json("1", "exeunt.request_export()").path("state").asString())
                    .isEqualTo("waiting");
        }
        assertThat(exports.carryOutSqlRequests()).isEqualTo(1);
        assertThat(json("1", "exeunt.request_export()").path("state").asString())
                .isEqualTo("pending");
        exports.runJob(exports.status("1").jobs().get(0).id(), "w");
        JsonNode export = status("1").path("exports").path(0);
        assertThat(export.path("state").asString()).isEqualTo(ExportJob.State.READY.word());
        assertThat(export.path("bytes").asLong()).isPositive();
        guilds.clock().advance(Duration.ofHours(1));
        json("1", "exeunt.request_export()");
        exports.carryOutSqlRequests();
        exports.runJob(exports.status("1").jobs().get(0).id(), "w");
        guilds.clock().advance(Duration.ofHours(23).minusSeconds(1));
        refused("PT429", () -> json("1", "exeunt.request_export()"));
        guilds.clock().advance(Duration.ofSeconds(1));
        json("1", "exeunt.request_export()");
        assertThat(status("2").path("exports")).as("another person's").isEmpty();
    }
}
