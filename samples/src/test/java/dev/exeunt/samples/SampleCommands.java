package dev.exeunt.samples;

import dev.exeunt.app.Main;
import dev.exeunt.app.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Runs the program's commands on a sample, in this process. */
record SampleCommands(LoadedSample sample) {

    /**
     * Holds the exit code, output and errors of a command.
     *
     * @param code the exit code
     */
    record CommandResult(int code, String out, String err) {}

    CommandResult run(String... args) {
        return typing("", args);
    }

    /** With this on standard input. */
    CommandResult typing(String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                Terminal.of(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment()));
        return new CommandResult(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Map<String, String> environment() {
        Map<String, String> env = new HashMap<>();
        env.put("EXEUNT_DB", sample.database().jdbcUrl());
        env.put("EXEUNT_DB_USER", sample.database().user());
        env.put("EXEUNT_DB_PASSWORD", sample.database().password());
        env.put("EXEUNT_MAP", sample.folder().resolve("exeunt.yaml").toString());
        sample.stores()
                .forEach((name, place) -> env.put("EXEUNT_STORES_" + name.toUpperCase(Locale.ROOT), place.toString()));
        return env;
    }
}
