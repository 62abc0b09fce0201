package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests the command that submits account requests. */
class RequestCommandTest extends ClubTestCase {

    @Test
    void whoAsksReadsTheWarningsAcknowledgesThemAndIsToldTheDatesAndTheUndo() {
        ProgramRunner.ProgramResult run = deactivate();

        assertThat(run.out())
                .contains(WARNED, "Hidden at once, erased 30d later", "no sign-in for 24h")
                .contains("deactivate: scheduled")
                .containsPattern("deactivated at +2026-03-01T12:00:00Z")
                .containsPattern("soft-deleted at +2026-03-01T12:00:00Z")
                .containsPattern("login blocked until +2026-03-02T12:00:00Z")
                .containsPattern("hard delete due at +2026-03-31T12:00:00Z")
                .contains("exeunt reactivate KEY");
        assertThat(run.err()).contains("Acknowledged, and to be done? (y/N)").doesNotContain("Smiths");
        assertThat(club.database().column("SELECT visible::text FROM posts WHERE person = 1"))
                .containsOnly("false");
    }

    @Test
    void askingAgainIsToldToBeTheSameRequestAndAsksNothing() {
        deactivate();
        club.setTime(ClubTestApplication.NOON.plus(DAY));
        ProgramRunner.ProgramResult again = done(program.run("request", "deactivate", "1"));
        JsonNode json = done(program.run("request", "deactivate", "1", "--format", "json"))
                .json();

        assertThat(again.out()).contains("this is the same request").containsPattern("deactivated at +2026-03-01T12");
        assertThat(json.get("again").asBoolean()).isTrue();
        assertThat(json.get("request").get("requestedAt").asString()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(club.database().column("SELECT state FROM exeunt.request")).containsExactly("scheduled");
    }

    @Test
    void whoSaysNoOrNothingChangesNothing() {
        assertThat(refused(ExitCode.REFUSED, "n\n", "request", "deactivate", "1")
                        .err())
                .contains("Nothing was changed");
        assertThat(refused(ExitCode.REFUSED, "\n", "request", "deactivate", "1").err())
                .contains("Nothing was changed");
        assertThat(refused(ExitCode.REFUSED, "", "request", "deactivate", "1").out())
                .contains(WARNED);
    }

    @Test
    void withoutSomebodyToAnswerTheCommandIsPrintedThatNeedsNoAnswer() {
        for (String[] args : List.of(
                new String[] {"request", "deactivate", "1"}, new String[] {"request", "deactivate", "1", "--yes"})) {
            ProgramRunner.ProgramResult run = refused(ExitCode.REFUSED, "", args);
            assertThat(run.out()).contains(WARNED);
            assertThat(command(run)).matches("request deactivate KEY --acknowledge [0-9a-f]{16} --yes");
        }
        String again = command(refused(ExitCode.REFUSED, "", "request", "deactivate", "1"));
        ProgramRunner.ProgramResult run =
                done(program.run(again.replace("KEY", "1").split(" ")));
        assertThat(run.out()).contains("deactivate: scheduled");
    }

    @Test
    void aDigestOfOtherWarningsIsRefusedWithThePresentOnes() {
        String then = command(refused(ExitCode.REFUSED, "", "request", "deactivate", "1"));
        club.database().execute("INSERT INTO members VALUES (2, 1, false)");
        ProgramRunner.ProgramResult run =
                refused(ExitCode.REFUSED, "", then.replace("KEY", "1").split(" "));

        assertThat(run.out()).contains(WARNED, "Bakers will see that you are gone.");
        assertThat(command(run)).isNotEqualTo(then).contains("--acknowledge");
    }

    @Test
    void whatTheMapWantsTypedIsAskedForOrGivenAndMustBeTheirs() {
        ProgramRunner.ProgramResult other =
                refused(ExitCode.REFUSED, "y\nben@x.test\n", "request", "delete-account", "1");
        assertThat(other.err())
                .contains("type the person's own email")
                .contains("That is not your email. Nothing was changed.");
        assertThat(command(other)).isEqualTo("request delete-account KEY --type EMAIL --yes");
        ProgramRunner.ProgramResult nothing = refused(ExitCode.REFUSED, "", "request", "delete-account", "1", "--yes");
        assertThat(command(nothing)).isEqualTo("request delete-account KEY --type EMAIL --yes");

        ProgramRunner.ProgramResult typed =
                done(program.typing("y\nANNA@x.test\n").run("request", "delete-account", "1"));
        assertThat(typed.out())
                .containsPattern("deletion requested at +2026-03-01")
                .contains("exeunt cancel KEY");
        done(program.run("cancel", "1"));
        ProgramRunner.ProgramResult option =
                done(program.run("request", "delete-account", "email:ben@x.test", "--type", "ben@x.test", "--yes"));
        assertThat(option.out()).contains("exeunt cancel KEY (by the key itself");
    }

    @Test
    void aGuardIsShownWithItsLinkAndStaffMayPassItOverWithAReason() {
        String[] asked = {"request", "deactivate", "3", "--yes", "--acknowledge", "0000000000000000"};
        ProgramRunner.ProgramResult run = refused(ExitCode.REFUSED, "", asked);
        assertThat(run.out())
                .contains("You are the only owner of Bakers.", "/clubs/2/members", "guard last-owner", "--override");
        assertThat(run.err()).contains("something has to be put right first").doesNotContain("Repeat it so");

        String[] override = {"request", "deactivate", "3", "--yes", "--override"};
        assertThat(refused(ExitCode.COULD_NOT, "", override).err()).contains("--staff NAME");
        assertThat(refused(ExitCode.COULD_NOT, "", with(override, "--staff", "kim"))
                        .err())
                .contains("--reason TEXT");
        ProgramRunner.ProgramResult staff = done(program.run(with(override, "--staff", "kim", "--reason", "by mail")));
        assertThat(staff.out()).containsPattern("requested by +staff:kim");
        assertThat(club.database().column("SELECT name FROM exeunt.event ORDER BY id"))
                .containsExactly("user.deactivation_requested", "user.guard_overridden");
    }

    @Test
    void aMachineIsToldTheWarningsAndTheObstaclesAsData() {
        JsonNode unasked = refused(ExitCode.REFUSED, "y\n", "request", "deactivate", "1", "--format", "json")
                .json();
        assertThat(unasked.get("refused").asString()).isEqualTo("unconfirmed");
        assertThat(unasked.get("warnings").get(0).asString()).isEqualTo(WARNED);
        JsonNode unread = refused(ExitCode.REFUSED, "", "request", "deactivate", "1", "--yes", "--format", "json")
                .json();
        assertThat(unread.get("refused").asString()).isEqualTo("unacknowledged");
        String digest = unread.get("digest").asString();
        assertThat(unread.get("again").asString()).contains("--acknowledge " + digest);
        JsonNode guarded = refused(ExitCode.REFUSED, "", "request", "deactivate", "3", "--yes", "--format", "json")
                .json();
        assertThat(guarded.get("obstacles").get(0).get("link").asString()).isEqualTo("/clubs/2/members");

        JsonNode made = done(program.run(
                        "request", "deactivate", "1", "--acknowledge", digest, "--yes", "--format", "json"))
                .json();
        assertThat(made.get("again").asBoolean()).isFalse();
        assertThat(made.get("undo").asString()).isEqualTo("exeunt reactivate KEY");
        assertThat(made.get("request").get("dueAt").asString()).isEqualTo("2026-03-31T12:00:00Z");
    }

    @Test
    void whatCannotRunSaysWhy() {
        assertThat(refused(ExitCode.COULD_NOT, "", "request", "leave", "1").err())
                .contains("delete-data, deactivate, delete-account")
                .doesNotContain("leave");
        assertThat(refused(ExitCode.COULD_NOT, "", "request", "delete-data", "1")
                        .err())
                .contains("does not offer delete-data, but deactivate, delete-account");
        assertThat(refused(ExitCode.COULD_NOT, "", "request", "deactivate", "one")
                        .err())
                .contains("bigint");
        assertThat(refused(ExitCode.COULD_NOT, "", "request", "deactivate", "99")
                        .err())
                .contains("No row of people");
        assertThat(refused(ExitCode.COULD_NOT, "", "status", "one").err()).contains("bigint");
        assertThat(refused(ExitCode.COULD_NOT, "", "reap", "--worker", " ").err())
                .contains("--worker");
        program = club.keyless();
        assertThat(refused(ExitCode.COULD_NOT, "", "reap").err()).contains("EXEUNT_KEY", "openssl rand -hex 32");
        program = club.keyless().with("EXEUNT_KEY", "secret");
        assertThat(refused(ExitCode.COULD_NOT, "", "reap").err())
                .contains("EXEUNT_KEY", "64")
                .doesNotContain("secret");
    }

    @Test
    void aFlowWithoutGraceErasesAtOnceAndSaysThatThereIsNoUndo() {
        club.map(ClubTestApplication.MAP.replace("{ grace: 14d, confirm: email }", "{ grace: none }"));
        ProgramRunner.ProgramResult run = done(program.typing("y\n").run("request", "delete-account", "1"));
        assertThat(run.out())
                .contains("The erasure is at once", "delete-account: erased", "There is no undo.")
                .doesNotContain("exeunt cancel");
        assertThat(club.database().column("SELECT body FROM posts")).containsExactly("three");
    }
}
