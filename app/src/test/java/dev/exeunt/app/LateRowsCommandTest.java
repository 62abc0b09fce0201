package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests what staff see of rows that came after an erasure, and what they can do about them. */
class LateRowsCommandTest extends ClubTestCase {

    private void eraseAnna() {
        done(program.run("request", "delete-account", "1", "--type", "anna@x.test", "--yes"));
        club.setTime(ClubTestApplication.NOON.plus(DAY.multipliedBy(15)));
        done(program.run("reap"));
        club.database().execute("INSERT INTO members VALUES (1, 1, false)");
        club.setTime(ClubTestApplication.NOON.plus(DAY.multipliedBy(16)));
    }

    private JsonNode listed() {
        return program.run("late-rows", "--format", "json").json().get("lateRows");
    }

    @Test
    void reapFindsThemAndStaffEraseThem() {
        eraseAnna();
        ProgramRunner.ProgramResult reaped = program.run("reap");
        assertThat(reaped.code()).as(reaped.all()).isEqualTo(ExitCode.LEFT.code());
        assertThat(reaped.out()).contains("Rows of 1 erased person came after the erasure: exeunt late-rows");
        ProgramRunner.ProgramResult status = program.run("status");
        assertThat(status.code()).isEqualTo(ExitCode.LEFT.code());
        assertThat(status.out()).contains("Rows of 1 erased person came after the erasure: exeunt late-rows");
        assertThat(program.run("status", "--format", "json")
                        .json()
                        .get("lateRows")
                        .asInt())
                .isEqualTo(1);
        ProgramRunner.ProgramResult list = program.run("late-rows");
        assertThat(list.code()).isEqualTo(ExitCode.LEFT.code());
        assertThat(list.out())
                .contains("members.person: 1 row", "--erase REQUEST")
                .doesNotContain("anna");
        String request = listed().get(0).get("request").stringValue();
        assertThat(refused(ExitCode.REFUSED, "", "late-rows", "--erase", request)
                        .err())
                .contains("--staff NAME --reason TEXT");
        assertThat(done(program.run("late-rows", "--erase", request, "--staff", "ann", "--reason", "a cache"))
                        .out())
                .contains("The late rows are erased.");
        assertThat(club.database().column("SELECT count(*) FROM members WHERE person = 1"))
                .containsExactly("0");
        assertThat(done(program.run("late-rows")).out()).contains("No late rows are known.");
        assertThat(program.run("late-rows", "--erase", request, "--staff", "ann", "--reason", "again")
                        .err())
                .contains("no late rows are listed");
    }

    @Test
    void staffTakeAnEntryOffTheList() {
        eraseAnna();
        JsonNode reaped = program.run("reap", "--format", "json").json();
        assertThat(reaped.get("lateRowsFound").asInt()).isEqualTo(1);
        assertThat(reaped.get("lateRowsErased").asInt()).isZero();
        String request = listed().get(0).get("request").stringValue();
        done(program.run("late-rows", "--dismiss", request, "--staff", "ann", "--reason", "a test"));
        assertThat(listed()).isEmpty();
        assertThat(club.database().column("SELECT count(*) FROM members WHERE person = 1"))
                .containsExactly("1");
    }

    @Test
    void aLookThatFailsHidesNoErasure() {
        done(program.run("request", "delete-account", "1", "--type", "anna@x.test", "--yes"));
        club.setTime(ClubTestApplication.NOON.plus(DAY.multipliedBy(15)));
        club.database().execute("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
                CREATE TRIGGER refuse BEFORE DELETE ON exeunt.late_row_watch FOR EACH STATEMENT EXECUTE FUNCTION refuse();
                """);
        ProgramRunner.ProgramResult reaped = program.run("reap");
        assertThat(reaped.code()).as(reaped.all()).isEqualTo(ExitCode.LEFT.code());
        assertThat(reaped.out()).contains("Carried out 1 request.");
        assertThat(reaped.err()).contains("error: looking for late rows: ");
        assertThat(program.run("reap", "--format", "json")
                        .json()
                        .get("lateRowsFound")
                        .isNull())
                .isTrue();
    }
}
