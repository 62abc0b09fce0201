package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.json.JsonWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the server says steers no terminal, whatever data and messages it repeats. */
class VisibleLogTest {

    private static final String HOSTILE = "a\u001b[2Jb\u009b1A\u202ec\nd";

    @TempDir
    private Path directory;

    @Test
    void aLineOfTheLogShowsWhatWouldSteerATerminal() {
        assertThat(ServerConfiguration.DEFAULTS)
                .containsEntry("logging.structured.json.customizer", VisibleLogCustomizer.class.getName());
        JsonWriter<Map<String, Object>> writer = JsonWriter.of(members -> {
            members.add("message", m -> m.get("message"));
            members.add("error").usingMembers(error -> error.add("stack_trace", m -> m.get("trace")));
            apply(members);
        });
        String line = writer.writeToString(Map.of("message", HOSTILE, "trace", HOSTILE));

        assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
        JsonNode read = JsonMapper.shared().readTree(line);
        assertThat(read.get("message").asString()).isEqualTo("a\\u001b[2Jb\\u009b1A\\u202ec\nd");
        assertThat(read.get("error").get("stack_trace").asString()).isEqualTo("a\\u001b[2Jb\\u009b1A\\u202ec\nd");
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Spring makes the customizer for its own type of events
    private static void apply(JsonWriter.Members<?> members) {
        new VisibleLogCustomizer().customize((JsonWriter.Members) members);
    }

    @Test
    void whyItDoesNotStartIsShownAsItIs() throws Exception {
        ServerProcess.ProcessConditions usual = ServerProcess.ProcessConditions.usual(directory);
        for (String[] args : new String[][] {{"--config", "no" + HOSTILE + ".yaml"}, {"--" + HOSTILE}}) {
            try (ServerProcess server = ServerProcess.start(usual, args)) {
                assertThat(server.said()).contains("\\u001b[2J").doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\\n]]");
            }
        }
    }
}
