package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.MapCommand;
import dev.exeunt.app.terminal.Terminal;
import dev.exeunt.app.terminal.TerminalStyle;
import dev.exeunt.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names in the catalogue, data, the map's text and the server's messages do not steer the terminal they are shown on. */
class HostileNamesTest {

    /** Clears the screen, goes up a line, turns what follows around, in one byte where there is one. */
    private static final String HOSTILE = "\u001b[2J\u009b1A\u202e\u0007\u2066";

    private static final Pattern STEERS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n\\t]]");
    private static final String SHOWN = "\\u001b[2J\\u009b1A\\u202e\\u0007\\u2066";

    private static final String SCHEMA = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE, gone timestamptz);
            CREATE TABLE "evil~" (id bigint PRIMARY KEY, person bigint REFERENCES people, "col~" text, name text);
            CREATE INDEX ON "evil~" (person);
            CREATE TABLE "left~" (person bigint UNIQUE REFERENCES people);
            INSERT INTO people VALUES (1, 'anna@x.test');
            INSERT INTO "evil~" VALUES (1, 1, 'x~', E'n~\\nAll is well.');
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'no~' USING ERRCODE = '23514', CONSTRAINT = 'con~', TABLE = 'evil~'; END $$;
            """.replace("~", HOSTILE);

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            flows: { deactivate: { grace: 30d } }
            tables:
              people: { scope: account, erase: { anonymize: { email: "gone-{key}@x.invalid" } }, hide: { set: { gone: "{now}" } } }
              "evil~": { subject: person, scope: account, erase: delete }
              MORE
            guards:
              owner:
                flows: [deactivate]
                sql: "select id, name from \\"evil~\\" where person = :subject and :leaving is not null"
                message: "You own {name}."
                link: "/x/{name}"
            warnings:
              left:
                flows: [deactivate]
                sql: "select name from \\"evil~\\" where person = :subject"
                message: "{name} sees it."
            """.replace("~", SHOWN);

    @TempDir
    private Path directory;

    private ProgramRunner program(TestDatabase database, String more) throws IOException {
        Path map = directory.resolve("exeunt.yaml");
        Files.writeString(map, MAP.replace("MORE", more));
        return ProgramRunner.on(database)
                .with("EXEUNT_MAP", map.toString())
                .with(MapCommand.KEY_VARIABLE, ClubTestApplication.SECRET);
    }

    @Test
    void steerNoTerminal() throws IOException {
        try (TestDatabase database = TestDatabase.createFrom(SCHEMA)) {
            ProgramRunner hole = program(database, "");
            ProgramRunner.ProgramResult unmapped = hole.run("check");
            assertThat(unmapped.all()).contains("left" + SHOWN);
            quiet(unmapped, hole.run("check", "--format", "json"), hole.run("init", "--subject", "people", "-o", "-"));

            ProgramRunner whole =
                    program(database, "\"left" + SHOWN + "\": { subject: person, scope: account, erase: delete }");
            ProgramRunner.ProgramResult checked = whole.run("check");
            assertThat(checked.code()).as(checked.all()).isZero();
            assertThat(whole.run("migrate").code()).isZero();
            quiet(
                    whole.run("plan", "1", "--sql"),
                    whole.run("plan", "1", "--format", "json"),
                    whole.run("grants", "--print", "--role", "app" + HOSTILE),
                    whole.run("rehearse", "1"),
                    whole.run("status", "1" + HOSTILE),
                    whole.run("exp" + HOSTILE),
                    whole.run("export", "--" + HOSTILE),
                    whole.run("explain", HOSTILE),
                    whole.run("status", "email:" + HOSTILE),
                    whole.run(
                            "check", "--map", directory.resolve("no" + HOSTILE).toString()));
            ProgramRunner.ProgramResult guarded = whole.run("request", "deactivate", "1");
            assertThat(guarded.all()).contains("You own n" + SHOWN + "\\u000aAll is well.");
            quiet(guarded, whole.run("request", "deactivate", "1", "--format", "json"));
            assertThat(whole.run("request", "deactivate", "1", "--format", "json")
                            .json()
                            .toString())
                    .as("what a machine reads is the value itself")
                    .contains("\u202e");
            database.execute(("CREATE TRIGGER r BEFORE DELETE ON \"evil~\" FOR EACH ROW EXECUTE FUNCTION refuse()")
                    .replace("~", HOSTILE));
            ProgramRunner.ProgramResult failed = whole.run("erase", "1", "--yes");
            assertThat(failed.code()).isNotZero();
            quiet(failed);
        }
    }

    @Test
    void coloursOfOursReachTheTerminalAndThoseOfTheDataDoNot() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Terminal terminal = Terminal.of(
                InputStream.nullInputStream(),
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                System.err,
                Map.of());
        TerminalStyle style = new TerminalStyle(true);
        terminal.out().println(style.red("a\u001b[0mb") + "\u001b[31mc" + style.bold(""));
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("\u001b[31ma\\u001b[0mb\u001b[0m\\u001b[31mc\n");
    }

    private static void quiet(ProgramRunner.ProgramResult... runs) {
        for (ProgramRunner.ProgramResult run : List.of(runs)) {
            assertThat(run.all()).doesNotContainPattern(STEERS);
        }
    }
}
