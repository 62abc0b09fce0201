package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** People leave and come back, by the commands. */
class DepartureTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final String WARNED = "Smiths will see that you are gone.";

    private Club club;
    private Program program;

    @TempDir
    private Path directory;

    @BeforeEach
    void open() {
        club = new Club(directory);
        program = club.program();
        assertThat(program.run("migrate").code()).isZero();
    }

    @AfterEach
    void close() {
        club.close();
    }

    private Program.Run done(Program.Run run) {
        assertThat(run.code()).as(run.all()).isZero();
        return run;
    }

    /** The exit code, a sentence, and nothing of the application changed. */
    private Program.Run refused(Exit exit, String input, String... args) {
        List<String> before = application();
        Program.Run run = program.typing(input).run(args);
        assertThat(run.code()).as(run.all()).isEqualTo(exit.code());
        assertThat(run.err())
                .isNotBlank()
                .doesNotContain("\tat ", "Exception", "unexpected", "Smiths", "Bakers", "x.test");
        assertThat(application()).isEqualTo(before);
        return run;
    }

    private List<String> application() {
        return club.database()
                .column("SELECT p::text FROM people p UNION ALL SELECT p::text FROM posts p UNION ALL"
                        + " SELECT m::text FROM members m UNION ALL SELECT state FROM exeunt.request ORDER BY 1");
    }

    private Program.Run deactivate() {
        return done(program.typing("y\n").run("request", "deactivate", "1"));
    }

    private static String command(Program.Run run) {
        Matcher again = Pattern.compile("Repeat it so: exeunt (.+)").matcher(run.err());
        assertThat(again.find()).as(run.all()).isTrue();
        return again.group(1);
    }

    @Test
    void whoAsksReadsTheWarningsAcknowledgesThemAndIsToldTheDatesAndTheUndo() {
        Program.Run run = deactivate();

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
        club.at(Club.NOON.plus(DAY));
        Program.Run again = done(program.run("request", "deactivate", "1"));
        JsonNode json = done(program.run("request", "deactivate", "1", "--format", "json"))
                .json();

        assertThat(again.out()).contains("this is the same request").containsPattern("deactivated at +2026-03-01T12");
        assertThat(json.get("again").asBoolean()).isTrue();
        assertThat(json.get("request").get("requestedAt").asString()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(club.database().column("SELECT state FROM exeunt.request")).containsExactly("scheduled");
    }

    @Test
    void whoSaysNoOrNothingChangesNothing() {
        assertThat(refused(Exit.REFUSED, "n\n", "request", "deactivate", "1").err())
                .contains("Nothing was changed");
        assertThat(refused(Exit.REFUSED, "\n", "request", "deactivate", "1").err())
                .contains("Nothing was changed");
        assertThat(refused(Exit.REFUSED, "", "request", "deactivate", "1").out())
                .contains(WARNED);
    }

    @Test
    void withoutSomebodyToAnswerTheCommandIsPrintedThatNeedsNoAnswer() {
        for (String[] args : List.of(
                new String[] {"request", "deactivate", "1"}, new String[] {"request", "deactivate", "1", "--yes"})) {
            Program.Run run = refused(Exit.REFUSED, "", args);
            assertThat(run.out()).contains(WARNED);
            assertThat(command(run)).matches("request deactivate KEY --acknowledge [0-9a-f]{16} --yes");
        }
        String again = command(refused(Exit.REFUSED, "", "request", "deactivate", "1"));
        Program.Run run = done(program.run(again.replace("KEY", "1").split(" ")));
        assertThat(run.out()).contains("deactivate: scheduled");
    }

    @Test
    void aDigestOfOtherWarningsIsRefusedWithThePresentOnes() {
        String then = command(refused(Exit.REFUSED, "", "request", "deactivate", "1"));
        club.database().execute("INSERT INTO members VALUES (2, 1, false)");
        Program.Run run = refused(Exit.REFUSED, "", then.replace("KEY", "1").split(" "));

        assertThat(run.out()).contains(WARNED, "Bakers will see that you are gone.");
        assertThat(command(run)).isNotEqualTo(then).contains("--acknowledge");
    }

    @Test
    void whatTheMapWantsTypedIsAskedForOrGivenAndMustBeTheirs() {
        Program.Run other = refused(Exit.REFUSED, "y\nben@x.test\n", "request", "delete-account", "1");
        assertThat(other.err()).contains("type the person's own email").contains("something else");
        assertThat(command(other)).isEqualTo("request delete-account KEY --type EMAIL --yes");
        Program.Run nothing = refused(Exit.REFUSED, "", "request", "delete-account", "1", "--yes");
        assertThat(command(nothing)).isEqualTo("request delete-account KEY --type EMAIL --yes");

        Program.Run typed = done(program.typing("y\nANNA@x.test\n").run("request", "delete-account", "1"));
        assertThat(typed.out())
                .containsPattern("deletion requested at +2026-03-01")
                .contains("exeunt cancel KEY");
        done(program.run("cancel", "1"));
        Program.Run option =
                done(program.run("request", "delete-account", "email:ben@x.test", "--type", "ben@x.test", "--yes"));
        assertThat(option.out()).contains("exeunt cancel KEY (by the key itself");
    }

    @Test
    void aGuardIsShownWithItsLinkAndStaffMayPassItOverWithAReason() {
        String[] asked = {"request", "deactivate", "3", "--yes", "--acknowledge", "0000000000000000"};
        Program.Run run = refused(Exit.REFUSED, "", asked);
        assertThat(run.out())
                .contains("You are the only owner of Bakers.", "/clubs/2/members", "guard last-owner", "--override");
        assertThat(run.err()).contains("last-owner").doesNotContain("Repeat it so");

        String[] override = {"request", "deactivate", "3", "--yes", "--override"};
        assertThat(refused(Exit.COULD_NOT, "", override).err()).contains("--staff NAME");
        assertThat(refused(Exit.COULD_NOT, "", with(override, "--staff", "kim")).err())
                .contains("--reason TEXT");
        Program.Run staff = done(program.run(with(override, "--staff", "kim", "--reason", "by mail")));
        assertThat(staff.out()).containsPattern("requested by +staff:kim");
        assertThat(club.database().column("SELECT name FROM exeunt.event ORDER BY id"))
                .containsExactly("user.deactivation_requested", "user.guard_overridden");
    }

    private static String[] with(String[] args, String... more) {
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return all;
    }

    @Test
    void aMachineIsToldTheWarningsAndTheObstaclesAsData() {
        JsonNode unasked = refused(Exit.REFUSED, "y\n", "request", "deactivate", "1", "--format", "json")
                .json();
        assertThat(unasked.get("refused").asString()).isEqualTo("unconfirmed");
        assertThat(unasked.get("warnings").get(0).asString()).isEqualTo(WARNED);
        JsonNode unread = refused(Exit.REFUSED, "", "request", "deactivate", "1", "--yes", "--format", "json")
                .json();
        assertThat(unread.get("refused").asString()).isEqualTo("unacknowledged");
        String digest = unread.get("digest").asString();
        assertThat(unread.get("again").asString()).contains("--acknowledge " + digest);
        JsonNode guarded = refused(Exit.REFUSED, "", "request", "deactivate", "3", "--yes", "--format", "json")
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
    void whatIsPutBackExactlyAndWhatIsNotIsTold() {
        List<String> before = application();
        deactivate();
        Program.Run exact = done(program.run("reactivate", "1"));
        assertThat(exact.out())
                .contains("Put back exactly as it was: 3 rows.")
                .containsPattern("reactivated at +2026-03-01");
        assertThat(application()).containsAll(before);

        deactivate();
        club.database()
                .execute(
                        "UPDATE posts SET deleted_at = '2026-03-01T13:00Z' WHERE id = 1; DELETE FROM posts WHERE id = 2");
        Program.Run partly = done(program.run("reactivate", "1"));
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
        Program.Run back = done(program.run("cancel", "1", "--staff", "kim", "--reason", "by mail"));
        assertThat(back.out()).contains("delete-account: cancelled").containsPattern("cancelled at +2026-03-01");
        assertThat(done(program.run("status", "1")).out()).contains("deactivate: scheduled");
        assertThat(refused(Exit.REFUSED, "", "cancel", "1").err()).contains("no open request");
        assertThat(refused(Exit.COULD_NOT, "", "reactivate", "1", "--staff", "kim")
                        .err())
                .contains("--reason TEXT");
        assertThat(refused(Exit.COULD_NOT, "", "cancel", "1", "--staff", " ").err())
                .contains("--staff wants a name");
    }

    @Test
    void statusShowsEachRequestWithMomentsOfItsOwn() {
        assertThat(done(program.run("status", "1")).out()).contains("gate: allowed", "No request");
        deactivate();
        club.at(Club.NOON.plus(DAY));
        done(program.run("reactivate", "1"));
        Program.Run status = done(program.run("status", "1"));
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

    private void gate(Exit exit, String says, String... more) {
        Program.Run run = program.run(with(new String[] {"gate", "1"}, more));
        assertThat(run.out()).isEqualToIgnoringNewLines(says);
        assertThat(run.code()).as(run.all()).isEqualTo(exit.code());
    }

    @Test
    void theGateSaysOneWordAndItsExitCodeIsForShells() {
        gate(Exit.DONE, "allowed");
        deactivate();
        gate(Exit.LEFT, "blocked until 2026-03-02T12:00:00Z");
        club.at(Club.NOON.plus(DAY));
        gate(Exit.LEFT, "deactivated until 2026-03-31T12:00:00Z");
        JsonNode json = program.run("gate", "1", "--format", "json").json();
        assertThat(json.get("until").asString()).isEqualTo("2026-03-31T12:00:00Z");
        done(program.run("reactivate", "1"));
        done(program.run("request", "delete-account", "1", "--type", "anna@x.test", "--yes"));
        gate(Exit.DONE, "scheduled until 2026-03-16T12:00:00Z");
        club.at(Club.NOON.plus(DAY.multipliedBy(15)));
        done(program.run("reap"));
        gate(Exit.LEFT, "erased", "--issued-at", "2026-03-01T00:00:00+01:00");
        gate(Exit.LEFT, "erased", "--issued-at", "1772323200");
        assertThat(program.run("status", "1").out()).contains("gate: erased", "No request");
    }

    @Test
    void theGateDoesNotGuessWithoutTheKeyAndAMomentHasAZone() {
        program = club.keyless();
        assertThat(refused(Exit.COULD_NOT, "", "gate", "1").err()).contains("EXEUNT_KEY");
        for (String moment : List.of("yesterday", "2026-03-01", "2026-03-01T12:00:00", "-1", "9999999999999")) {
            Program.Run run = refused(Exit.COULD_NOT, "", "gate", "1", "--issued-at=" + moment);
            assertThat(run.err()).contains("2026-03-01T12:00:00Z").doesNotContain("yesterday");
        }
    }

    @Test
    void whoIsDueIsErasedAndWhoIsGuardedOrFailsIsCounted() {
        assertThat(done(program.run("reap")).out()).contains("Nothing is due.");
        done(program.run("request", "delete-account", "1", "--type", "anna@x.test", "--yes"));
        club.at(Club.NOON.plus(DAY.multipliedBy(14)));
        club.database().execute("DELETE FROM members WHERE person = 2");
        JsonNode json =
                done(program.run("reap", "--worker", "w1", "--format", "json")).json();
        assertThat(json.get("blocked").asInt()).isEqualTo(1);
        assertThat(json.get("worker").asString()).isEqualTo("w1");

        club.database().execute("INSERT INTO members VALUES (1, 2, true)");
        club.at(Club.NOON.plus(DAY.multipliedBy(15)));
        club.database().execute("ALTER TABLE people ADD CONSTRAINT never CHECK (email NOT LIKE 'deleted%') NOT VALID");
        Program.Run failed = program.run("reap");
        assertThat(failed.code()).as(failed.all()).isEqualTo(Exit.LEFT.code());
        assertThat(failed.out()).contains("Failed: 1 request");
        assertThat(program.run("status", "1").out())
                .contains("failed: ", "never")
                .doesNotContain("x.test");

        club.database().execute("ALTER TABLE people DROP CONSTRAINT never");
        club.at(Club.NOON.plus(DAY.multipliedBy(16)));
        assertThat(done(program.run("reap")).out()).contains("Carried out 1 request.");
        assertThat(club.database().column("SELECT email FROM people WHERE id = 1"))
                .containsExactly("deleted-1@erased.invalid");
    }

    @Test
    void whatCannotRunSaysWhy() {
        assertThat(refused(Exit.COULD_NOT, "", "request", "leave", "1").err())
                .contains("delete-data, deactivate, delete-account")
                .doesNotContain("leave");
        assertThat(refused(Exit.COULD_NOT, "", "request", "delete-data", "1").err())
                .contains("does not offer delete-data, but deactivate, delete-account");
        assertThat(refused(Exit.COULD_NOT, "", "request", "deactivate", "one").err())
                .contains("bigint");
        assertThat(refused(Exit.COULD_NOT, "", "request", "deactivate", "99").err())
                .contains("No row of people");
        assertThat(refused(Exit.COULD_NOT, "", "status", "one").err()).contains("bigint");
        assertThat(refused(Exit.COULD_NOT, "", "reap", "--worker", " ").err()).contains("--worker");
        program = club.keyless();
        assertThat(refused(Exit.COULD_NOT, "", "reap").err()).contains("EXEUNT_KEY", "openssl rand -hex 32");
        program = club.keyless().with("EXEUNT_KEY", "secret");
        assertThat(refused(Exit.COULD_NOT, "", "reap").err())
                .contains("EXEUNT_KEY", "64")
                .doesNotContain("secret");
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
            Program.Run run = program.run(args);
            assertThat(run.code()).as(run.all()).isEqualTo(Exit.COULD_NOT.code());
            assertThat(run.err()).contains("exeunt migrate");
        }
    }

    @Test
    void anErasureNamesTheGuardsObstaclesToWhoAsked() {
        Program.Run run = refused(Exit.REFUSED, "3\n", "erase", "3", "--receipt", directory.toString());
        assertThat(run.out()).contains("You are the only owner of Bakers.", "/clubs/2/members");
        JsonNode json = refused(Exit.REFUSED, "", "erase", "3", "--yes", "--format", "json", "--quiet")
                .json();
        assertThat(json.get("refused").asString()).isEqualTo("guarded");
    }

    @Test
    void aFlowWithoutGraceErasesAtOnceAndSaysThatThereIsNoUndo() {
        club.map(Club.MAP.replace("{ grace: 14d, confirm: email }", "{ grace: none }"));
        Program.Run run = done(program.typing("y\n").run("request", "delete-account", "1"));
        assertThat(run.out())
                .contains("The erasure is at once", "delete-account: erased", "There is no undo.")
                .doesNotContain("exeunt cancel");
        assertThat(club.database().column("SELECT body FROM posts")).containsExactly("three");
    }
}
