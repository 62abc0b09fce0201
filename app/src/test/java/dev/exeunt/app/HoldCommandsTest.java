package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests how staff place, list and release legal holds. */
class HoldCommandsTest extends ClubTestCase {

    private static final String[] STAFF = {"--staff", "ann", "--reason", "lawsuit 17/26"};

    private ProgramRunner.ProgramResult runAsStaff(String... args) {
        String[] all = java.util.Arrays.copyOf(args, args.length + STAFF.length);
        System.arraycopy(STAFF, 0, all, args.length, STAFF.length);
        return program.run(all);
    }

    @Test
    void aHeldErasureWaitsAndGoesOnAfterTheRelease() {
        ProgramRunner.ProgramResult placed = done(runAsStaff("hold", "1", "--table", "people", "--tell"));
        assertThat(placed.out())
                .contains("active until it is released", "rows of people", "by staff:ann; the person learns of it")
                .contains("reason: lawsuit 17/26", "To end it: exeunt release ");
        assertThat(done(program.run("plan", "1")).out()).contains("Attention: A legal hold keeps the data");
        done(program.run("request", "delete-account", "1", "--type", "anna@x.test", "--yes"));
        club.setTime(ClubTestApplication.NOON.plus(DAY.multipliedBy(15)));
        assertThat(done(program.run("reap")).out())
                .contains("Nothing is due.", "A legal hold keeps 1 request waiting: exeunt holds");
        assertThat(done(program.run("status")).out()).contains("held");
        assertThat(done(program.run("status", "1")).out()).contains("reason: lawsuit 17/26");
        JsonNode holds = program.run("holds", "1", "--format", "json").json().get("holds");
        assertThat(holds).hasSize(1);
        String id = holds.get(0).get("id").stringValue();
        assertThat(holds.get(0).get("tables").get(0).stringValue()).isEqualTo("people");
        assertThat(program.run("status", "1", "--format", "json")
                        .json()
                        .get("holds")
                        .get(0)
                        .get("id")
                        .stringValue())
                .isEqualTo(id);

        ProgramRunner.ProgramResult released = done(runAsStaff("release", id));
        assertThat(released.out()).contains("To hold it again: exeunt hold KEY --table people --tell --staff NAME");
        assertThat(done(program.run("holds")).out()).contains("No legal hold is active.");
        assertThat(done(program.run("holds", "--all")).out()).contains(id + ": released");
        assertThat(done(program.run("reap")).out()).contains("Carried out 1 request.");
        assertThat(done(program.run("holds", "--all")).out()).contains("There is no legal hold.");
    }

    @Test
    void aHoldWithADateEndsWithThatDay() {
        JsonNode placed = runAsStaff("hold", "email:anna@x.test", "--until", "2099-01-31", "--format", "json")
                .json();
        assertThat(placed.get("hold").get("until").stringValue()).isEqualTo("2099-02-01T00:00:00Z");
        assertThat(placed.get("hold").get("subject").stringValue()).isEqualTo("1");
        assertThat(placed.get("undo").stringValue())
                .isEqualTo("exeunt release " + placed.get("hold").get("id").stringValue());
    }

    @Test
    void whatIsWrongIsSaidAndNothingIsChanged() {
        assertThat(refused(ExitCode.REFUSED, "", "hold").err()).contains("exeunt hold --receipt NUMBER");
        assertThat(refused(ExitCode.REFUSED, "", "hold", "1").err()).contains("--staff NAME --reason TEXT");
        assertThat(refused(ExitCode.REFUSED, "", "hold", "1", "--staff", "ann", "--reason", "x", "--table", "peopel")
                        .err())
                .contains("Did you mean people?");
        assertThat(refused(ExitCode.COULD_NOT, "", "hold", "1", "--until", "tomorrow")
                        .err())
                .contains("a date such as 2027-01-31 is wanted");
        assertThat(refused(
                                ExitCode.REFUSED,
                                "",
                                "release",
                                "00000000-0000-0000-0000-000000000001",
                                "--staff",
                                "ann",
                                "--reason",
                                "x")
                        .err())
                .contains("no active legal hold has this number");
    }
}
