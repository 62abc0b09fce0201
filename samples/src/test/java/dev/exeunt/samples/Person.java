package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.samples.Commands.Outcome;
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
 * Somebody in a sample's data, by way of the commands.
 *
 * @param key as one types it
 * @param folder where files of theirs go
 */
record Person(Sample sample, String key, Path folder) {

    JsonNode exported() {
        Path file = folder.resolve("bundle-of-" + key.replaceAll("\\W", "-") + ".json");
        Outcome export = new Commands(sample).run("export", key, "-o", file.toString());
        assertThat(export.code()).as(export.err()).isZero();
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With more arguments, if any. */
    Outcome erase(String... more) {
        List<String> args = new ArrayList<>(List.of("erase", key, "--yes", "--receipt", folder.toString()));
        args.addAll(List.of(more));
        return new Commands(sample).run(args.toArray(String[]::new));
    }

    void erased(String... more) {
        Outcome erase = erase(more);
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
