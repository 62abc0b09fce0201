package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import dev.exeunt.support.event.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests what staff see of external systems, and what they can do about them. */
class SystemsCommandTest extends ClubTestCase {

    private void nameSystems() {
        club.map(
                ClubTestApplication.MAP
                        + "external: { bot: { events: [erased] }, billing: { locators: select email from people where id = :subject, deadline: 10d } }\n");
        assertThat(done(program.run("erase", "2", "--yes")).all()).contains("Events wait for bot, billing.");
    }

    private String event() {
        return club.database().column("SELECT id::text FROM exeunt.outbox").get(0);
    }

    @Test
    void withoutSystemsItSaysSo() {
        assertThat(done(program.run("systems")).out()).contains("The map names no system under external");
        assertThat(refused(ExitCode.REFUSED, "", "systems", "bot").err()).contains("The map names none");
    }

    @Test
    void itCountsWhatWaitsAndListsTheEventsWithoutAPerson() {
        nameSystems();
        var status = done(program.run("systems", "--format", "json")).json().get("systems");
        assertThat(status.get(0).get("system").stringValue()).isEqualTo("billing");
        assertThat(status.get(0).get("unanswered").asLong()).isEqualTo(1);
        assertThat(status.get(1).get("waiting").asLong()).isEqualTo(1);
        assertThat(done(program.run("systems")).out()).contains("billing", "bot", "unanswered");
        String events = done(program.run("systems", "billing")).out();
        assertThat(events).contains("user.erased", "waiting", "due ").doesNotContain("ben@");
        assertThat(done(program.run("systems", "bot", "--only", "failed")).out())
                .contains("There is no such event.");
        assertThat(refused(ExitCode.REFUSED, "", "systems", "bott").err()).contains("There are: billing, bot.");
    }

    @Test
    void staffPauseResumeResendAndClose() {
        nameSystems();
        assertThat(refused(ExitCode.REFUSED, "", "systems", "bot", "--pause").err())
                .contains("--staff NAME --reason TEXT");
        assertThat(done(program.run("systems", "bot", "--pause", "--staff", "ann", "--reason", "moved"))
                        .out())
                .contains("exeunt systems bot --resume");
        assertThat(done(program.run("systems")).out()).contains("paused: moved");
        done(program.run("systems", "bot", "--resume"));
        assertThat(refused(ExitCode.REFUSED, "", "systems", "bot", "--resume").err())
                .contains("not paused");
        assertThat(refused(ExitCode.REFUSED, "", "systems", "bot", "--resend", event())
                        .err())
                .contains("it waits already");
        club.database().execute("UPDATE exeunt.delivery SET state = 'failed', over_at = now()");
        assertThat(program.run("systems").code()).isEqualTo(ExitCode.LEFT.code());
        done(program.run("systems", "bot", "--resend", event(), "--staff", "ben"));
        assertThat(done(program.run("systems", "billing", "--resend-failed")).out())
                .contains("1 event sent again.");
        assertThat(refused(ExitCode.REFUSED, "", "systems", "bot", "--close", event(), "--staff", "a", "--reason", "b")
                        .err())
                .contains("No answer to this event is due");
        done(program.run("systems", "billing", "--close", event(), "--staff", "ann", "--reason", "erased by hand"));
        assertThat(done(program.run("systems", "billing")).out()).contains("closed: erased by hand");
        assertThat(club.database().column("""
                        SELECT concat_ws(' ', name, actor, reason) FROM exeunt.event WHERE details ? 'system' ORDER BY id"""))
                .containsExactly(
                        "user.system_paused staff:ann moved",
                        "user.system_resumed exeunt",
                        "user.events_resent staff:ben",
                        "user.events_resent exeunt",
                        "user.answer_closed staff:ann erased by hand");
    }

    @Test
    void theCommandThatTheLogHintsAtWorksWhenItIsPasted() {
        nameSystems();
        club.database().execute("UPDATE exeunt.delivery SET state = 'failed', over_at = now()");
        OutgoingEvent event =
                new OutgoingEvent(UUID.fromString(event()), "bot", 1, 1, "user.erased", Instant.EPOCH, null, null);
        String[] words = event.resendCommand().split(" ");
        assertThat(words[0]).isEqualTo("exeunt");
        String[] arguments = Arrays.copyOfRange(words, 1, words.length);
        assertThat(done(program.run(arguments)).out()).contains("The event is sent again.");
        assertThat(done(program.run("systems", "bot", "--only", "waiting")).out())
                .contains(event());
    }

    @Test
    void overdueAnswersMakeTheExitCode1() {
        nameSystems();
        assertThat(done(program.run("status")).out()).contains("1 answer waited for, 0 of them overdue");
        club.setTime(Instant.now().plus(Duration.ofDays(11)));
        assertThat(program.run("systems").code()).isEqualTo(ExitCode.LEFT.code());
        var status = program.run("status");
        assertThat(status.code()).isEqualTo(ExitCode.LEFT.code());
        assertThat(status.out()).contains("There is no request.", "1 of them overdue", "exeunt systems");
        var json = program.run("status", "--format", "json").json().get("systems");
        assertThat(json.toString()).isEqualTo("{\"unanswered\":1,\"overdue\":1,\"refused\":0,\"failed\":0}");
    }

    @Test
    void thePersonsStatusSaysForWhichSystemsARequestStillWaits() {
        club.map(ClubTestApplication.MAP.replace(
                        "flows:\n  deactivate", "flows:\n  delete-data: { grace: 30d }\n  deactivate")
                + "external: { billing: { deadline: 10d } }\n");
        done(program.run("request", "delete-data", "1", "--yes"));
        club.setTime(ClubTestApplication.NOON.plus(Duration.ofDays(31)));
        done(program.run("reap"));
        assertThat(done(program.run("status", "1")).out())
                .contains("delete-data: erased", "not done everywhere: waiting until", "for the answer of billing");
        assertThat(done(program.run("status")).out()).contains("delete-data", "erased", "1 answer waited for");
        club.setTime(ClubTestApplication.NOON.plus(Duration.ofDays(42)));
        var late = program.run("status", "1", "--format", "json");
        assertThat(late.code()).isEqualTo(ExitCode.LEFT.code());
        assertThat(late.json().at("/requests/0/systems/overdue/0").asString()).isEqualTo("billing");
        String event = club.database()
                .column("SELECT event::text FROM exeunt.delivery WHERE answer_by IS NOT NULL")
                .get(0);
        done(program.run("systems", "billing", "--close", event, "--staff", "ann", "--reason", "erased by hand"));
        assertThat(done(program.run("status", "1")).out()).doesNotContain("not done", "overdue");
        assertThat(done(program.run("status", "--format", "json"))
                        .json()
                        .at("/requests/0/state")
                        .asString())
                .isEqualTo("erased");
    }
}
