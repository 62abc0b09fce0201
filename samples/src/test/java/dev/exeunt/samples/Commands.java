package dev.exeunt.samples;

import dev.exeunt.app.Main;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The program as somebody types it, in this process. */
record Commands(Sample sample) {

    /** @param code the exit code */
    record Outcome(int code, String out, String err) {}

    Outcome run(String... args) {
        return typing("", args);
    }

    /** With this on standard input. */
    Outcome typing(String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(
                        "EXEUNT_DB", sample.database().jdbcUrl(),
                        "EXEUNT_DB_USER", sample.database().user(),
                        "EXEUNT_DB_PASSWORD", sample.database().password(),
                        "EXEUNT_MAP", sample.folder().resolve("exeunt.yaml").toString()));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
