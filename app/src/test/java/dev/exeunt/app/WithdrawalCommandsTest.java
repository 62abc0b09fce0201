package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests the commands that withdraw requests, and the status command. */
class WithdrawalCommandsTest extends ClubTestCase {

    @Test
    void whatIsPutBackExactlyAndWhatIsNotIsTold() {
        List<String> before = application();
        deactivate();
        ProgramRunner.ProgramResult exact = done(program.run("reactivate", "1"));
        assertThat(exact.out())
                .contains("Put back exactly as it was: 3 rows.")
                .containsPattern("reactivated at +2026-03-01");
        assertThat(application()).containsAll(before);

        deactivate();
        club.database()
                .execute(
                        "UPDATE posts SET deleted_at = '2026-03-01T13:00Z' WHERE id = 1; DELETE FROM posts WHERE id = 2");
        ProgramRunner.ProgramResult partly = done(program.run("reactivate", "1"));
        assertThat(partly.out())
                .contains("not all of it as it was")
                .containsPattern("posts +0 +1 +1")
                .containsPattern("people +1 +0 +0");
        deactivate();
        JsonNode json = done(program.run("reactivate", "1", "--format", "json")).json();
        assertThat(json.get("exact").asBoolean()).isTrue();
        assertThat(json.get("request").get("state").asString()).isEqualTo("reactivated");
    }

    @Test
    void cancellingTakesTheDeletionBackAndTheDeactivationGoesOn() {
        deactivate();
        done(program.run("request", "delete-account", "1", "--type", "hidden-1@erased.invalid", "--yes"));
        ProgramRunner.ProgramResult back = done(program.run("cancel", "1", "--staff", "kim", "--reason", "by mail"));
        assertThat(back.out()).contains("delete-account: cancelled").containsPattern("cancelled at +2026-03-01");
        assertThat(done(program.run("status", "1")).out()).contains("deactivate: scheduled");
        assertThat(refused(ExitCode.REFUSED, "", "cancel", "1").err()).contains("no open request");
        assertThat(refused(ExitCode.COULD_NOT, "", "reactivate", "1", "--staff", "kim")
                        .err())
                .contains("--reason TEXT");
        assertThat(refused(ExitCode.COULD_NOT, "", "cancel", "1", "--staff", " ")
                        .err())
                .contains("--staff wants a name");
    }

    @Test
    void statusShowsEachRequestWithMomentsOfItsOwn() {
        assertThat(done(program.run("status", "1")).out()).contains("gate: allowed", "No request");
        deactivate();
        club.setTime(ClubTestApplication.NOON.plus(DAY));
        done(program.run("reactivate", "1"));
        ProgramRunner.ProgramResult status = done(program.run("status", "1"));
        assertThat(status.out())
                .contains("gate: allowed", "deactivate: reactivated")
                .containsPattern("deactivated at +2026-03-01T12:00:00Z")
                .containsPattern("login blocked until +2026-03-02T12:00:00Z")
                .containsPattern("hard delete due at +2026-03-31T12:00:00Z")
                .containsPattern("reactivated at +2026-03-02T12:00:00Z");
        JsonNode json = done(program.run("status", "1", "--format", "json")).json();
        assertThat(json.get("deactivatedAt").asString()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(json.get("reactivatedAt").asString()).isEqualTo("2026-03-02T12:00:00Z");
        assertThat(json.get("dataDeletionRequestedAt").isNull()).isTrue();
        assertThat(json.get("gate").get("state").asString()).isEqualTo("allowed");
        assertThat(done(club.keyless().run("status", "1")).err()).contains("EXEUNT_KEY");
    }
}
