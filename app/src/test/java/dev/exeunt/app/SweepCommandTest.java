package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import org.junit.jupiter.api.Test;

/** Tests the sweep command where no row is kept for a period; what it deletes is tested in core and on the guild platform. */
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

    @Test
    void withoutTheKeyItDeletesNothing() {
        program = club.keyless();
        assertThat(refused(ExitCode.COULD_NOT, "", "sweep", "--yes").err()).contains("EXEUNT_KEY");
    }
}
