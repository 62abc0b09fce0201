package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests what the sweep command shows, asks and answers; which rows go is tested in core. */
class SweepCommandTest extends ClubTestCase {

    @Test
    void withoutKeptRowsItSaysSoAndAsksNothing() {
        for (String[] options : new String[][] {{"sweep"}, {"sweep", "--dry-run"}, {"sweep", "--yes"}}) {
            assertThat(done(program.run(options)).out()).contains("No kept row has reached the end of its period.");
        }
        assertThat(done(program.run("sweep", "--dry-run", "--format", "json"))
                        .json()
                        .get("deleted")
                        .asLong())
                .isZero();
    }

    /** Erases person 2, whose one post is kept for a year, and lets the year pass. */
    private void keepAPostForAYear() {
        club.map(ClubTestApplication.MAP.replace(
                "posts: { subject: person, created: created_at, erase: delete,",
                "posts: { subject: person, created: created_at, erase: { keep: { reason: tax law, for: 1y, then: delete },"
                        + " retain: [body, visible, deleted_at, created_at] },"));
        done(program.run("erase", "2", "--yes"));
        club.setTime(Instant.now().plus(Duration.ofDays(366)));
    }

    private List<String> posts() {
        return club.database().column("SELECT id::text FROM posts ORDER BY id");
    }

    @Test
    void itShowsTheCountsAndDeletesOnceTheNumberIsTyped() {
        keepAPostForAYear();
        assertThat(done(program.run("sweep", "--dry-run")).out())
                .contains("To delete: 1 row of posts.link, kept 1y (tax law)");
        assertThat(refused(ExitCode.REFUSED, "delete 2 rows\n", "sweep").err()).contains("Nothing was changed.");
        assertThat(refused(ExitCode.REFUSED, "", "sweep").err()).contains("add --yes");
        assertThat(posts()).containsExactly("1", "2", "3");
        ProgramRunner.ProgramResult swept =
                done(program.typing("delete 1 row\n").run("sweep", "--format", "json"));
        assertThat(swept.json().get("deleted").asLong()).isEqualTo(1);
        assertThat(swept.err()).contains("There is no undo.");
        assertThat(posts()).containsExactly("1", "2");
    }

    @Test
    void rowsThatCannotBeDeletedMakeTheExitCode1() {
        keepAPostForAYear();
        club.database().execute("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
                CREATE TRIGGER refuse BEFORE DELETE ON posts FOR EACH ROW EXECUTE FUNCTION refuse();
                """);
        ProgramRunner.ProgramResult swept = program.run("sweep", "--yes");
        assertThat(swept.code()).as(swept.all()).isEqualTo(ExitCode.LEFT.code());
        assertThat(swept.out()).contains("Failed: ", "The rows stay recorded");
        assertThat(posts()).containsExactly("1", "2", "3");
    }

    @Test
    void withoutTheKeyItDeletesNothing() {
        program = club.keyless();
        assertThat(refused(ExitCode.COULD_NOT, "", "sweep", "--yes").err()).contains("EXEUNT_KEY");
    }
}
