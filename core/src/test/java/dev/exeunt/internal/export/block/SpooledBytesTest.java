package dev.exeunt.internal.export.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.testkit.SeededRandom;
import dev.exeunt.testkit.TestSkip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpooledBytesTest {

    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    private Path directory;

    @Test
    void whatWasWrittenIsReadInOrderFromMemoryAndFromTheFile() throws IOException {
        SeededRandom dice = new SeededRandom(3);
        try (SpooledBytes spool = new SpooledBytes(directory, 1000)) {
            for (int round = 0; round < 20; round++) {
                ByteArrayOutputStream written = new ByteArrayOutputStream();
                for (int i = 0; i < 1 + dice.below(30); i++) {
                    byte[] piece =
                            ("piece " + i + " ").repeat(1 + dice.below(40)).getBytes(StandardCharsets.UTF_8);
                    written.writeBytes(piece);
                    spool.write(piece, 0, piece.length);
                }
                ByteArrayOutputStream read = new ByteArrayOutputStream();
                while (read.size() < written.size()) {
                    spool.copyTo(read::write, Math.min(1 + dice.below(700), written.size() - read.size()));
                }
                assertThat(read.toByteArray()).isEqualTo(written.toByteArray());
                spool.clear();
            }
        }
    }

    @Test
    void theFileHasNoNameAndHoldsNothingThatCanBeRead() throws IOException {
        TestSkip.unless(Files.isDirectory(OPEN_FILES), "no " + OPEN_FILES + " here");
        byte[] secret = "a secret of this person ".repeat(1000).getBytes(StandardCharsets.UTF_8);
        try (SpooledBytes spool = new SpooledBytes(directory, 10)) {
            spool.write(secret, 0, secret.length);
            assertThat(directory).isEmptyDirectory();
            List<Path> open = openSpools();
            assertThat(open).hasSize(1);
            assertThat(Files.readAllBytes(open.get(0))).hasSize(secret.length);
            assertThat(new String(Files.readAllBytes(open.get(0)), StandardCharsets.ISO_8859_1))
                    .doesNotContain("secret");
        }
        assertThat(openSpools()).isEmpty();
    }

    private List<Path> openSpools() throws IOException {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.filter(SpooledBytesTest::isSpool).toList();
        }
    }

    private static boolean isSpool(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().contains(".spool");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void littleNeedsNoFile() throws IOException {
        try (SpooledBytes spool = new SpooledBytes(directory.resolve("absent"), 100)) {
            spool.write(new byte[100], 0, 100);
            assertThatThrownBy(() -> spool.write(new byte[1], 0, 1))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining(directory.resolve("absent").toString())
                    .hasMessageContaining("no such directory");
        }
    }
}
