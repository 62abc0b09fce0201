package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.samples.SampleCommands.CommandResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs commands for one person of a sample and reads the results.
 *
 * @param key as one types it
 * @param folder where files of theirs go
 */
record SamplePerson(LoadedSample sample, String key, Path folder) {

    JsonNode exported() {
        Path file = folder.resolve("bundle-of-" + key.replaceAll("\\W", "-") + ".json");
        CommandResult export = new SampleCommands(sample).run("export", key, "-o", file.toString());
        assertThat(export.code()).as(export.err()).isZero();
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With more arguments, if any. */
    CommandResult erase(String... more) {
        List<String> args = new ArrayList<>(List.of("erase", key, "--yes", "--receipt", folder.toString()));
        args.addAll(List.of(more));
        return new SampleCommands(sample).run(args.toArray(String[]::new));
    }

    void erased(String... more) {
        CommandResult erase = erase(more);
        assertThat(erase.code()).as(erase.err()).isZero();
    }

    /** Of the only erasure so far in this folder. */
    String receipt() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> receipts = files.filter(f -> f.getFileName().toString().startsWith("exeunt-receipt-"))
                    .toList();
            assertThat(receipts).hasSize(1);
            return Files.readString(receipts.get(0));
        }
    }

    /** What a column holds in each row of a section that has it, in the export's order. */
    static List<String> column(JsonNode bundle, String section, String column) {
        return bundle.get(section).findValues(column).stream()
                .map(JsonNode::asString)
                .toList();
    }
}
