package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import dev.exeunt.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests the rehearse command on the catch-log sample. */
class RehearseCommandTest {

    private TestDatabase database;
    private ProgramRunner program;

    @BeforeEach
    void open() {
        database = CatchLogSample.database();
        program = ProgramRunner.on(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ProgramRunner.ProgramResult rehearse(String... more) {
        List<String> personal = CatchLogSample.personal(database);
        var before = database.snapshot();
        String[] args = new String[more.length + 1];
        args[0] = "rehearse";
        System.arraycopy(more, 0, args, 1, more.length);
        ProgramRunner.ProgramResult run = program.run(args);
        assertThat(database.snapshot()).isEqualTo(before);
        personal.forEach(value -> assertThat(run.all()).doesNotContain(value));
        return run;
    }

    @Test
    void threePeopleAreTakenWhereNobodyIsNamed() {
        ProgramRunner.ProgramResult run = rehearse("--quiet");

        assertThat(run.code()).as(run.all()).isZero();
        assertThat(run.out())
                .contains("Person 1 would be erased", "Person 3 would be erased", "Slowest statement: ")
                .contains("All passed: 3 people in ", "nothing was changed.")
                .doesNotContain("Person 4");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theLeaverPassesAndASampleComesAfterThem() {
        JsonNode json = rehearse(CatchLogSample.LEAVER, "--sample", "1", "--format", "json")
                .json();

        assertThat(json.get("people").asInt()).isEqualTo(2);
        assertThat(json.get("failed").asInt()).isZero();
        assertThat(json.get("rehearsals").get(0).get("statements").findValuesAsString("what"))
                .contains("changing profiles", "deleting from catch_ratings", "checking deferred constraints");
        assertThat(json.get("slowest").get("plan").size()).isPositive();
    }

    @Test
    void aConstraintInTheWayMakesTheExitCodeOneAndIsNamed() {
        database.execute(
                "alter table profiles add constraint warned check (warn_count = 0 or bio is not null) not valid;"
                        + " update profiles set warn_count = 2, bio = 'x' where username = 'angler-0042'");
        ProgramRunner.ProgramResult text = rehearse("username:angler-0041", "username:angler-0042");
        ProgramRunner.ProgramResult json = rehearse("username:angler-0042", "--format", "json");

        assertThat(text.code()).isEqualTo(ExitCode.LEFT.code());
        assertThat(text.out())
                .contains("Person 1 would be erased", "Person 2 would fail", "constraint warned", "SQLSTATE 23514")
                .contains("1 of 2 people would fail.");
        assertThat(json.code()).isEqualTo(ExitCode.LEFT.code());
        JsonNode failure = json.json().get("rehearsals").get(0).get("failure");
        assertThat(failure.get("constraint").asString()).isEqualTo("warned");
        assertThat(failure.get("table").asString()).isEqualTo("profiles");
    }

    @Test
    void whatCannotRunSaysSoAndRepeatsNoKey() {
        ProgramRunner.ProgramResult unknown = program.run("rehearse", "username:nobody-at-all");
        ProgramRunner.ProgramResult number = program.run("rehearse", "--sample", "email:anna@x.org");
        ProgramRunner.ProgramResult both = program.run("rehearse", "--sample", "0");

        for (ProgramRunner.ProgramResult run : List.of(unknown, number, both)) {
            assertThat(run.code()).isEqualTo(ExitCode.COULD_NOT.code());
            assertThat(run.all()).doesNotContain("nobody-at-all", "anna");
        }
        assertThat(both.err()).contains("from 1 to 99999");
    }
}
