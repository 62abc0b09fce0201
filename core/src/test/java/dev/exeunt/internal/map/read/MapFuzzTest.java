package dev.exeunt.internal.map.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.MapInvalidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However a map is damaged, it is read or refused, never a crash; and each finding points into the file. */
public class MapFuzzTest {

    private static final int MUTATIONS = 2_000;
    private static final long SEED = 20_240_229;

    private static final String[] BITS = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        ",",
        "\"",
        "'",
        "#",
        "&a",
        "*a",
        "!",
        "!!int ",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        "-",
        "- ",
        "\t",
        "\n",
        "\r",
        "  ",
        "\0",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\uD83D",
        "\uD83D\uDE00",
        "é",
        "<<",
        "---\n",
        "...\n",
        "%YAML 9.9\n",
        "%YAML 99999999999.1\n",
        "%TAG ! tag:%zz\n",
        "\\",
        "\\x",
        "null",
        "true",
        "{now}",
        "0x"
    };

    @Test
    void aDamagedMapIsReadOrRefused() {
        Random random = new Random(SEED);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String yaml = random.nextInt(3) == 0 ? MapLifecycleTest.LIVES : MapReaderTest.SAMPLE;
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                yaml = random.nextBoolean() ? damagedText(yaml, random) : damagedLines(yaml, random);
            }
            refused += isRefused(yaml) ? 1 : 0;
        }
        assertThat(refused).as("the mutations hurt").isGreaterThan(MUTATIONS / 2);
    }

    @Test
    void aMapCutAnywhereIsReadOrRefused() {
        for (String map : List.of(MapReaderTest.SAMPLE, MapLifecycleTest.LIVES)) {
            for (int end = 0; end < map.length(); end++) {
                isRefused(map.substring(0, end));
            }
        }
    }

    private static boolean isRefused(String yaml) {
        try {
            MapReader.read(yaml, "m");
            return false;
        } catch (MapInvalidException e) {
            assertThat(e.findings()).as(yaml).isNotEmpty();
            String[] lines = yaml.split("\r\n|[\r\n]", -1);
            assertThat(e.findings()).as(yaml).allSatisfy(f -> {
                assertThat(f.at().line()).isBetween(1, lines.length);
                assertThat(f.at().column()).isBetween(1, lines[f.at().line() - 1].length() + 1);
                assertThat(f.fix().toString()).isNotBlank();
                assertThat(f.message()).endsWith(".");
            });
            return true;
        }
    }

    private static String damagedText(String yaml, Random random) {
        int at = random.nextInt(yaml.length());
        int end = Math.min(yaml.length(), at + 1 + random.nextInt(4));
        String bit =
                random.nextInt(4) == 0 ? Character.toString(random.nextInt(0x3000)) : BITS[random.nextInt(BITS.length)];
        return switch (random.nextInt(4)) {
            case 0 -> yaml.substring(0, at) + yaml.substring(end);
            case 1 -> yaml.substring(0, end) + yaml.substring(at);
            case 2 -> yaml.substring(0, at) + bit + yaml.substring(end);
            default -> yaml.substring(0, at) + bit + yaml.substring(at);
        };
    }

    public static String damagedLines(String yaml, Random random) {
        List<String> lines = new ArrayList<>(List.of(yaml.split("\n", -1)));
        int at = random.nextInt(lines.size());
        String line = lines.get(random.nextInt(lines.size()));
        switch (random.nextInt(4)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.set(at, line);
            default ->
                lines.set(at, " ".repeat(random.nextInt(8)) + lines.get(at).strip());
        }
        return String.join("\n", lines.isEmpty() ? List.of("") : lines);
    }
}
