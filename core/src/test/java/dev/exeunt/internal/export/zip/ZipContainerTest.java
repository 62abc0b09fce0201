package dev.exeunt.internal.export.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.internal.export.block.BlockCompressor;
import dev.exeunt.testkit.TestSkip;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that other programs read what is written. */
class ZipContainerTest {

    private static final Instant TIME = Instant.parse("2026-05-03T10:11:12Z");

    /** Every field of four bytes is too small for 100 and more, and every field of two bytes for more than one entry. */
    private static final ZipLimits TINY = new ZipLimits(100, 2);

    private static final String PYTHON = """
            import sys, zipfile
            z = zipfile.ZipFile(sys.argv[1])
            assert z.testzip() is None
            for i in z.infolist(): print(i.filename, i.file_size)
            """;

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("x.zip");
    }

    private interface Filling {
        void fill(ZipContainer zip) throws IOException;
    }

    private void write(ZipLimits limits, Filling filling) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file()))) {
            ZipContainer zip = new ZipContainer(out, TIME, limits);
            filling.fill(zip);
            zip.finish();
        }
    }

    private static byte[] deflated(byte[] content) {
        try (BlockCompressor compressor = new BlockCompressor()) {
            return compressor.compress(content);
        }
    }

    private static long crc(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }

    /** With its sizes behind it, or before it. */
    private static void add(ZipContainer zip, String name, String text, boolean known) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] first = deflated(content);
        byte[] last = StoredBlock.last("");
        if (known) {
            zip.begin(name, new ZipEntrySizes(crc(content), content.length, first.length + last.length));
        } else {
            zip.begin(name);
        }
        zip.write(first, 0, first.length);
        zip.write(last, 0, last.length);
        if (known) {
            zip.end();
        } else {
            zip.end(crc(content), content.length);
        }
    }

    private static Map<String, String> contents() {
        Map<String, String> contents = new LinkedHashMap<>();
        contents.put("empty", "");
        contents.put("data/Grüße 🎣.js", "Ä`${}\n".repeat(1000));
        contents.put("one", "1");
        contents.put("hundred", "x".repeat(100));
        return contents;
    }

    private Map<String, String> byZipFile() throws IOException {
        Map<String, String> read = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file().toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                assertThat(entry.getTimeLocal()).isEqualTo(LocalDateTime.of(2026, 5, 3, 10, 11, 12));
                try (InputStream in = zip.getInputStream(entry)) {
                    read.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return read;
    }

    private Map<String, String> byStream() throws IOException {
        Map<String, String> read = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                read.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return read;
    }

    private static boolean isThere(String program) {
        return java.util.stream.Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .anyMatch(p -> Files.isExecutable(Path.of(p, program)));
    }

    private String run(String... command) throws IOException, InterruptedException {
        TestSkip.unless(isThere(command[0]), "no " + command[0] + " here");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void javaReadsEntriesWithTheirSizesBeforeAndBehindThem() throws IOException {
        for (boolean known : new boolean[] {false, true}) {
            write(ZipLimits.OF_FORMAT, zip -> {
                for (Map.Entry<String, String> each : contents().entrySet()) {
                    add(zip, each.getKey(), each.getValue(), known);
                }
            });
            assertThat(byZipFile()).isEqualTo(contents());
            assertThat(byStream()).isEqualTo(contents());
        }
    }

    @Test
    void javaReadsTheFieldsOfZip64() throws IOException {
        write(TINY, zip -> {
            for (Map.Entry<String, String> each : contents().entrySet()) {
                add(zip, each.getKey(), each.getValue(), false);
            }
        });
        assertThat(byZipFile()).isEqualTo(contents());
    }

    @Test
    void unzipFindsNoFault() throws Exception {
        for (ZipLimits limits : new ZipLimits[] {ZipLimits.OF_FORMAT, TINY}) {
            write(limits, zip -> {
                for (Map.Entry<String, String> each : contents().entrySet()) {
                    // unzip warns of other names, also of those that Java writes
                    add(zip, each.getKey().replaceAll("[^a-z]", "x"), each.getValue(), false);
                }
                add(zip, "known", "x", true);
            });
            assertThat(run("unzip", "-t", file().toString())).contains("No errors detected");
        }
    }

    @Test
    void pythonFindsNoFault() throws Exception {
        for (ZipLimits limits : new ZipLimits[] {ZipLimits.OF_FORMAT, TINY}) {
            write(limits, zip -> {
                add(zip, "first", "x".repeat(1000), false);
                add(zip, "second", "y", true);
                add(zip, "third", "", false);
            });
            assertThat(run("python3", "-c", PYTHON, file().toString()).lines())
                    .containsExactly("first 1000", "second 1", "third 0");
        }
    }

    /** 4.3 GB of zeros are 4 MB compressed: the same piece again and again. */
    @Test
    void anEntryMayHaveMoreThanFourGigabytes() throws Exception {
        byte[] zeros = new byte[1 << 20];
        byte[] piece = deflated(zeros);
        CRC32 crc = new CRC32();
        int pieces = 4100;
        write(ZipLimits.OF_FORMAT, zip -> {
            zip.begin("zeros");
            for (int i = 0; i < pieces; i++) {
                zip.write(piece, 0, piece.length);
                crc.update(zeros);
            }
            byte[] last = StoredBlock.last("");
            zip.write(last, 0, last.length);
            zip.end(crc.getValue(), (long) pieces << 20);
            add(zip, "behind", "x", true);
        });
        try (ZipFile zip = new ZipFile(file().toFile())) {
            assertThat(zip.getEntry("zeros").getSize()).isEqualTo((long) pieces << 20);
            assertThat(new String(zip.getInputStream(zip.getEntry("behind")).readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("x");
        }
        assertThat(run("unzip", "-Z", "-l", file().toString())).contains("4299161600");
    }

    @Test
    void moreThan65535EntriesAreRead() throws Exception {
        int entries = 66_000;
        write(ZipLimits.OF_FORMAT, zip -> {
            for (int i = 0; i < entries; i++) {
                String text = Integer.toString(i);
                byte[] stream = StoredBlock.last(text);
                zip.begin(
                        "data/" + i,
                        new ZipEntrySizes(crc(text.getBytes(StandardCharsets.US_ASCII)), text.length(), stream.length));
                zip.write(stream, 0, stream.length);
                zip.end();
            }
        });
        try (ZipFile zip = new ZipFile(file().toFile())) {
            assertThat(zip.size()).isEqualTo(entries);
            ZipEntry last = zip.getEntry("data/65999");
            assertThat(new String(zip.getInputStream(last).readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("65999");
        }
    }

    @Test
    void anEntryThatHasNotItsSizeIsRefused() throws IOException {
        ZipContainer zip = new ZipContainer(OutputStream.nullOutputStream(), TIME);
        zip.begin("x", new ZipEntrySizes(0, 0, 3));
        assertThatThrownBy(zip::end).hasMessageContaining("size");
        assertThatThrownBy(() -> zip.begin("y")).hasMessageContaining("open");
        assertThatThrownBy(zip::finish).hasMessageContaining("open");
    }
}
