package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Provides a fresh club application for each test. */
abstract class ClubTestCase {

    static final Duration DAY = Duration.ofDays(1);
    static final String WARNED = "Smiths will see that you are gone.";

    ClubTestApplication club;
    ProgramRunner program;

    @TempDir
    Path directory;

    @BeforeEach
    void open() {
        club = new ClubTestApplication(directory);
        program = club.program();
        assertThat(program.run("migrate").code()).isZero();
    }

    @AfterEach
    void close() {
        club.close();
    }

    ProgramRunner.ProgramResult done(ProgramRunner.ProgramResult run) {
        assertThat(run.code()).as(run.all()).isZero();
        return run;
    }

    /** The exit code, a sentence, and nothing of the application changed. */
    ProgramRunner.ProgramResult refused(ExitCode exit, String input, String... args) {
        List<String> before = application();
        ProgramRunner.ProgramResult run = program.typing(input).run(args);
        assertThat(run.code()).as(run.all()).isEqualTo(exit.code());
        assertThat(run.err())
                .isNotBlank()
                .doesNotContain("\tat ", "Exception", "unexpected", "Smiths", "Bakers", "x.test");
        assertThat(application()).isEqualTo(before);
        return run;
    }

    List<String> application() {
        return club.database()
                .column("SELECT p::text FROM people p UNION ALL SELECT p::text FROM posts p UNION ALL"
                        + " SELECT m::text FROM members m UNION ALL SELECT state FROM exeunt.request ORDER BY 1");
    }

    ProgramRunner.ProgramResult deactivate() {
        return done(program.typing("y\n").run("request", "deactivate", "1"));
    }

    static String command(ProgramRunner.ProgramResult run) {
        Matcher again = Pattern.compile("Repeat it so: exeunt (.+)").matcher(run.err());
        assertThat(again.find()).as(run.all()).isTrue();
        return again.group(1);
    }

    static String[] with(String[] args, String... more) {
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return all;
    }
}
