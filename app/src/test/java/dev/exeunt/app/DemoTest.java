package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoTest {

    @Test
    void theDemoTellsTheWholeStoryAndLeavesTheExportAndTheReceipt() throws IOException {
        ProgramRunner.ProgramResult run = new ProgramRunner().run("demo");

        assertThat(run.code()).as(run.all()).isZero();
        for (String command : List.of("init", "check", "plan", "export", "erase", "verify")) {
            assertThat(run.out()).contains("$ exeunt " + command);
        }
        assertThat(run.out())
                .contains("badges is on a foreign-key path", "catch_comments  body", "One thing is left besides")
                .doesNotContain("\u001b");
        Path kept = directory(run.out());
        try (Stream<Path> files = Files.list(kept)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .anyMatch(f -> f.startsWith("catch-log-export-"))
                    .anyMatch(f -> f.startsWith("exeunt-receipt-"))
                    .contains("draft.yaml", "exeunt.yaml", "former-values.txt");
        }
        remove(kept);
    }

    static Path directory(String out) {
        Matcher matcher = Pattern.compile("What stays of this demo is in (.*):").matcher(out);
        assertThat(matcher.find()).isTrue();
        return Path.of(matcher.group(1));
    }

    static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
