package dev.exeunt.app;

import dev.exeunt.app.terminal.Terminal;
import dev.exeunt.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the program in this process with its own environment and input. */
final class ProgramRunner {

    private final Map<String, String> env = new HashMap<>();
    private String input = "";

    /** Holds the exit code, output and errors of a run. */
    record ProgramResult(int code, String out, String err) {

        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }

        String all() {
            return out + err;
        }
    }

    static ProgramRunner on(TestDatabase database) {
        return new ProgramRunner()
                .with("EXEUNT_DB", database.jdbcUrl())
                .with("EXEUNT_DB_USER", database.user())
                .with("EXEUNT_DB_PASSWORD", database.password())
                .with("EXEUNT_MAP", CatchLogSample.MAP.toString())
                .with("EXEUNT_STORES_PHOTOS", CatchLogSample.photos().toString());
    }

    ProgramRunner with(String variable, String value) {
        env.put(variable, value);
        return this;
    }

    Map<String, String> env() {
        return env;
    }

    /** What standard input holds for the next run. */
    ProgramRunner typing(String text) {
        input = text;
        return this;
    }

    ProgramResult run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                Terminal.of(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        env));
        input = "";
        return new ProgramResult(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
