package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests the gate and reap commands. */
class ReapCommandTest extends ClubTestCase {

    private void gate(ExitCode exit, String says, String... more) {
        ProgramRunner.ProgramResult run = program.run(with(new String[] {"gate", "1"}, more));
        assertThat(run.out()).isEqualToIgnoringNewLines(says);
        assertThat(run.code()).as(run.all()).isEqualTo(exit.code());
    }

    @Test
    void theGateSaysOneWordAndItsExitCodeIsForShells() {
        gate(ExitCode.DONE, "allowed");
        deactivate();
        gate(ExitCode.LEFT, "blocked until 2026-03-02T12:00:00Z");
        club.setTime(ClubTestApplication.NOON.plus(DAY));
        gate(ExitCode.LEFT, "deactivated until 2026-03-31T12:00:00Z");
        JsonNode json = program.run("gate", "1", "--format", "json").json();
        assertThat(json.get("until").asString()).isEqualTo("2026-03-31T12:00:00Z");
        done(program.run("reactivate", "1"));
        done(program.run("request", "delete-account", "1", "--type", "anna@x.test", "--yes"));
        gate(ExitCode.DONE, "scheduled until 2026-03-16T12:00:00Z");
        club.setTime(ClubTestApplication.NOON.plus(DAY.multipliedBy(15)));
        done(program.run("reap"));
        gate(ExitCode.LEFT, "erased", "--issued-at", "2026-03-01T00:00:00+01:00");
        gate(ExitCode.LEFT, "erased", "--issued-at", "1772323200");
        assertThat(program.run("status", "1").out()).contains("gate: erased", "No request");
    }

    @Test
    void theGateDoesNotGuessWithoutTheKeyAndAMomentHasAZone() {
        program = club.keyless();
        assertThat(refused(ExitCode.COULD_NOT, "", "gate", "1").err()).contains("EXEUNT_KEY");
        for (String moment : List.of("yesterday", "2026-03-01", "2026-03-01T12:00:00", "-1", "9999999999999")) {
            ProgramRunner.ProgramResult run = refused(ExitCode.COULD_NOT, "", "gate", "1", "--issued-at=" + moment);
            assertThat(run.err()).contains("2026-03-01T12:00:00Z").doesNotContain("yesterday");
        }
    }

    @Test
    void whoIsDueIsErasedAndWhoIsGuardedOrFailsIsCounted() {
        assertThat(done(program.run("reap")).out()).contains("Nothing is due.");
        done(program.run("request", "delete-account", "1", "--type", "anna@x.test", "--yes"));
        club.setTime(ClubTestApplication.NOON.plus(DAY.multipliedBy(14)));
        club.database().execute("DELETE FROM members WHERE person = 2");
        JsonNode json =
                done(program.run("reap", "--worker", "w1", "--format", "json")).json();
        assertThat(json.get("blocked").asInt()).isEqualTo(1);
        assertThat(json.get("worker").asString()).isEqualTo("w1");

        club.database().execute("INSERT INTO members VALUES (1, 2, true)");
        club.setTime(ClubTestApplication.NOON.plus(DAY.multipliedBy(15)));
        club.database().execute("ALTER TABLE people ADD CONSTRAINT never CHECK (email NOT LIKE 'deleted%') NOT VALID");
        ProgramRunner.ProgramResult failed = program.run("reap");
        assertThat(failed.code()).as(failed.all()).isEqualTo(ExitCode.LEFT.code());
        assertThat(failed.out()).contains("Failed: 1 request");
        assertThat(program.run("status", "1").out())
                .contains("failed: ", "never")
                .doesNotContain("x.test");

        club.database().execute("ALTER TABLE people DROP CONSTRAINT never");
        club.setTime(ClubTestApplication.NOON.plus(DAY.multipliedBy(16)));
        assertThat(done(program.run("reap")).out()).contains("Carried out 1 request.");
        assertThat(club.database().column("SELECT email FROM people WHERE id = 1"))
                .containsExactly("deleted-1@erased.invalid");
    }

    @Test
    void anotherKeyIsRefusedAlsoWhereNothingIsDue() {
        done(program.run("request", "delete-account", "1", "--type", "anna@x.test", "--yes"));
        club.setTime(ClubTestApplication.NOON.plus(DAY.multipliedBy(15)));
        done(program.run("reap"));
        program = club.keyless().with("EXEUNT_KEY", "ab".repeat(32));
        assertThat(refused(ExitCode.COULD_NOT, "", "reap").err())
                .contains("People were erased under the key", "EXEUNT_FORMER_KEYS");
        program = program.with("EXEUNT_FORMER_KEYS", "cd".repeat(32) + ", " + ClubTestApplication.SECRET);
        assertThat(done(program.run("reap")).out()).contains("Nothing is due.");
        assertThat(done(program.run("ledger", "verify")).out()).contains("The chain is whole");
        program = program.with("EXEUNT_FORMER_KEYS", "cd");
        assertThat(refused(ExitCode.COULD_NOT, "", "reap").err())
                .contains("EXEUNT_FORMER_KEYS cannot be used.", "64")
                .doesNotContain("cd,");
    }

    @Test
    void withoutTheTablesMigrateIsNamed() {
        club.database().execute("ALTER SCHEMA exeunt RENAME TO elsewhere");
        for (String[] args : List.of(
                new String[] {"request", "deactivate", "1"},
                new String[] {"cancel", "1"},
                new String[] {"reactivate", "1"},
                new String[] {"status", "1"},
                new String[] {"gate", "1"},
                new String[] {"reap"})) {
            ProgramRunner.ProgramResult run = program.run(args);
            assertThat(run.code()).as(run.all()).isEqualTo(ExitCode.COULD_NOT.code());
            assertThat(run.err()).contains("exeunt migrate");
        }
    }

    @Test
    void anErasureNamesTheGuardsObstaclesToWhoAsked() {
        ProgramRunner.ProgramResult run =
                refused(ExitCode.REFUSED, "3\n", "erase", "3", "--receipt", directory.toString());
        assertThat(run.out()).contains("You are the only owner of Bakers.", "/clubs/2/members");
        JsonNode json = refused(ExitCode.REFUSED, "", "erase", "3", "--yes", "--format", "json", "--quiet")
                .json();
        assertThat(json.get("refused").asString()).isEqualTo("guarded");
    }

    @Test
    void whatWasGivenUpIsTriedAgainWhenStaffSaySo() {
        done(program.run("request", "delete-account", "1", "--type", "anna@x.test", "--yes"));
        club.database().execute("ALTER TABLE people ADD CONSTRAINT never CHECK (email NOT LIKE 'deleted%') NOT VALID");
        for (int day = 14; day < 19; day++) {
            club.setTime(ClubTestApplication.NOON.plus(DAY.multipliedBy(day)));
            assertThat(program.run("reap").code()).isEqualTo(ExitCode.LEFT.code());
        }
        assertThat(program.run("status", "1").out()).contains("delete-account: failed");
        assertThat(refused(ExitCode.COULD_NOT, "", "retry", "1").err()).contains("only staff");
        club.database().execute("ALTER TABLE people DROP CONSTRAINT never");
        String[] retry = {"retry", "1", "--staff", "kim", "--reason", "constraint removed"};
        assertThat(done(program.run(retry)).out()).contains("delete-account: scheduled", "Due again");
        assertThat(program.run(retry).err()).contains("No request of this person has failed");
        assertThat(done(program.run("reap")).out()).contains("Carried out 1 request.");
    }

    @Test
    void tablesOfAnotherVersionAreNamedBeforeAnythingIsReadOrErased() {
        club.database()
                .execute(
                        "INSERT INTO exeunt.schema_history SELECT 99, '99', description, type, script, checksum, installed_by,"
                                + " installed_on, execution_time, success FROM exeunt.schema_history LIMIT 1");
        assertThat(refused(ExitCode.COULD_NOT, "", "erase", "1", "--yes").err())
                .contains("version 99", "as new as the tables");
        assertThat(refused(ExitCode.COULD_NOT, "", "export", "1", "-o", directory.toString())
                        .err())
                .contains("version 99");
    }

    @Test
    void whoIsErasedOutrightStaysKnownAndIsNotErasedWhileTheirDataIsElsewhere() {
        deactivate();
        ProgramRunner.ProgramResult hidden = refused(ExitCode.COULD_NOT, "", "erase", "1", "--yes");
        assertThat(hidden.err()).contains("open request", "exeunt reactivate KEY");
        done(program.run("reactivate", "1"));
        done(program.run("erase", "1", "--yes", "--receipt", directory.toString()));
        gate(ExitCode.LEFT, "erased");
        assertThat(club.database().column("SELECT DISTINCT coalesce(subject::text, 'nobody') FROM exeunt.request"))
                .containsExactly("nobody");
    }
}
