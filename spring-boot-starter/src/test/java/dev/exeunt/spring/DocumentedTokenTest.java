package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestSkip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests that the documented Python lines make a valid token and link. */
class DocumentedTokenTest {

    private static final Pattern PYTHON = Pattern.compile("^```python\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void theLinesOfPythonMakeATokenAndALinkThatHold() throws Exception {
        TestSkip.unless(run("import sys").isPresent(), "there is no python3 here");
        Matcher lines = PYTHON.matcher(Files.readString(Path.of("../docs/reference/http.md")));
        assertThat(lines.find()).isTrue();
        String program = lines.group(1)
                .replace("exeunt.jwt.secret", SpringTestApplication.SECRET)
                .replace("exeunt.hand-off.secret", SpringTestApplication.HAND_OFF)
                .replace("sub=\"42\"", "sub=\"1002\"");
        List<String> printed = run(program).orElseThrow().lines().toList();
        try (SpringTestApplication host = SpringTestApplication.of("guild-platform")) {
            host.clock().set(Instant.now());
            assertThat(host.get("/account", printed.get(0)).at("state")).isEqualTo("allowed");
            assertThat(host.get(printed.get(1), null).status()).isEqualTo(302);
        }
    }

    private static java.util.Optional<String> run(String program) throws InterruptedException {
        try {
            Process python = new ProcessBuilder("python3", "-c", program)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(python.waitFor()).as(said).isZero();
            return java.util.Optional.of(said);
        } catch (IOException e) {
            return java.util.Optional.empty();
        }
    }
}
