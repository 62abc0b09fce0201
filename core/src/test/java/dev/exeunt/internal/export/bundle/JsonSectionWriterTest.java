package dev.exeunt.internal.export.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Tests that the page's data files have the rows of NAME.json, whatever is in them. */
class JsonSectionWriterTest {

    private static final String CALL = "exeuntRows(\"notes\",%d,";
    private static final String[] PIECES = {
        "`",
        "${",
        "$",
        "{",
        "}",
        "*/",
        "</script>",
        "\\\\",
        "\\\"",
        "\\n",
        "\u2028",
        "\u2029",
        "🎣",
        "ä",
        "\ufeff",
        "\\u0000",
        "String.raw`",
        "\\u2028",
        "plain text ",
        "'",
        "\u0080",
        "€"
    };

    @TempDir
    private Path directory;

    private record Written(Map<String, byte[]> files, List<BundleManifest.ManifestEntry> entries, List<Integer> rows) {}

    private Written write(List<byte[]> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BundleFiles files = new BundleFiles(out, Instant.EPOCH, directory)) {
            JsonSectionWriter section = new JsonSectionWriter("notes", files);
            for (byte[] row : rows) {
                section.begin(row.length);
                int half = row.length / 2; // a message of the protocol may end anywhere
                section.write(row, 0, half);
                section.write(row, half, row.length - half);
            }
            section.end();
            files.writeKept();
            files.finish();
            assertThat(directory).isEmptyDirectory();
            return new Written(unzip(out.toByteArray()), files.entries(), section.rowsPerFile());
        }
    }

    private static Map<String, byte[]> unzip(byte[] bytes) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static String row(SeededRandom dice, boolean plain, int pieces) {
        StringBuilder row =
                new StringBuilder("{\"id\":").append(dice.below(1000)).append(",\"v\":\"");
        for (int i = 0; i < pieces; i++) {
            row.append(plain ? "plain text" : dice.one(PIECES));
        }
        return row.append("\", \n\t\r\"j\" : null}").toString();
    }

    private static List<String> rows(SeededRandom dice, int count, boolean plain) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int pieces = dice.chance(2) ? dice.below(600_000) : dice.below(200);
            rows.add(row(dice, plain || dice.chance(50), pieces));
        }
        return rows;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** What the page's function receives, as JavaScript reads it. */
    private static String rowsOf(String script, int number) {
        String call = String.format(Locale.ROOT, CALL, number);
        assertThat(script).startsWith(call).endsWith(");");
        String argument = script.substring(call.length(), script.length() - 2);
        if (argument.startsWith("\"")) {
            assertThat(argument).doesNotContain("\u2028", "\u2029", "\n", "\r");
            return JsonMapper.shared().readValue(argument, String.class);
        }
        assertThat(argument).startsWith("String.raw`").endsWith("`");
        String raw = argument.substring("String.raw`".length(), argument.length() - 1);
        assertThat(raw).doesNotContain("`", "${").doesNotEndWith("\\");
        return raw;
    }

    private void check(List<String> rows) throws IOException, NoSuchAlgorithmException {
        Written written =
                write(rows.stream().map(r -> r.getBytes(StandardCharsets.UTF_8)).toList());
        assertThat(text(written.files().get("notes.json")))
                .isEqualTo(rows.isEmpty() ? "[]\n" : "[\n" + String.join(",\n", rows) + "\n]\n");
        assertThat(written.files().keySet())
                .containsExactlyElementsOf(written.entries().stream()
                        .map(BundleManifest.ManifestEntry::name)
                        .toList());
        int at = 0;
        for (int number = 1; number <= written.rows().size(); number++) {
            byte[] file = written.files().get(String.format(Locale.ROOT, "data/notes-%04d.js", number));
            assertThat(file).hasSizeLessThanOrEqualTo(2 * 1024 * 1024);
            int count = written.rows().get(number - 1);
            List<String> expected = new ArrayList<>(rows.subList(at, at + count));
            at += count;
            String found = rowsOf(text(file), number);
            if (found.startsWith("{\"exeunt:tooLarge\"")) {
                int bytes = expected.get(0).getBytes(StandardCharsets.UTF_8).length;
                assertThat(bytes).isGreaterThan(1024 * 1024);
                expected = List.of("{\"exeunt:tooLarge\": " + bytes + "}");
            }
            assertThat(found).isEqualTo(String.join(",\n", expected));
        }
        assertThat(at).isEqualTo(rows.size());
        assertThat(written.files()).hasSize(1 + written.rows().size());
        for (BundleManifest.ManifestEntry entry : written.entries()) {
            byte[] content = written.files().get(entry.name());
            assertThat(entry.bytes()).isEqualTo(content.length);
            assertThat(entry.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        }
    }

    @Test
    void anyRowsAreTheSameInAllFiles() throws Exception {
        for (int seed = 0; seed < 12; seed++) {
            SeededRandom dice = new SeededRandom(seed);
            check(rows(dice, dice.below(400), seed % 3 == 0));
        }
    }

    @Test
    void aSectionWithoutRowsHasNoDataFile() throws Exception {
        check(List.of());
    }

    /** Rows of a kind of size, in between small ones: at the limits of a block and of a data file, and far over them. */
    @Test
    void largeRowsAreWholeInTheJsonAndNamedInTheDataFile() throws Exception {
        int call = "exeuntRows(\"notes\",1,String.raw``);".length();
        for (int size : new int[] {
            DataFile.USUAL_ROWS - 1,
            DataFile.USUAL_ROWS,
            DataFile.USUAL_ROWS + 1,
            DataFile.LARGEST - call,
            DataFile.LARGEST - call + 1,
            2 << 20,
            3 << 20,
            (5 << 20) + 17
        }) {
            for (String with : new String[] {"x", "`"}) {
                String large = "{\"v\":\"" + with.repeat(size - 8) + "\"}";
                check(List.of("{\"a\":1}", "{\"a\":2}", large, "{\"a\":3}", large, large));
            }
        }
    }

    @Test
    void aBlockOfQuotesAndBackticksFitsADataFile() throws Exception {
        String row = "{\"v\":\"`" + "\\\"".repeat(500) + "\"}";
        check(java.util.Collections.nCopies(3000, row));
    }
}
