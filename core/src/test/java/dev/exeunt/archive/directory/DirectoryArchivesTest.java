package dev.exeunt.archive.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveException.ArchiveFailureReason;
import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Archives.Attachment;
import dev.exeunt.archive.Archives.ByteRange;
import dev.exeunt.testkit.ArchivesContract;
import dev.exeunt.testkit.TestSkip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryArchivesTest extends ArchivesContract {

    @TempDir
    private Path temporary;

    private Path directory;
    private Archives archives;

    @BeforeEach
    void make() {
        directory = temporary.resolve("archives");
        archives = new DirectoryArchives(directory);
        assertThat(archives.check()).isEmpty();
    }

    @Override
    protected Archives archives() {
        return archives;
    }

    @Override
    protected List<String> lying() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    /** A real one, killed while it stores. */
    @Override
    protected void leaveUnfinished(ArchiveName name) throws Exception {
        Process process = storing(EndlessWriteProgram.class, name);
        process.destroyForcibly().waitFor();
    }

    private Process storing(Class<?> program, ArchiveName name) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        directory.toString(),
                        name.text())
                .redirectErrorStream(true)
                .start();
        assertThat(process.getInputStream().read()).isEqualTo('.');
        return process;
    }

    /** Begins to write an archive and never ends. */
    static final class EndlessWriteProgram {
        public static void main(String[] arguments) {
            store(arguments, new CountDownLatch(1));
        }
    }

    /** Finishes its archive when it is told to stop, and then stops. */
    static final class GracefulStopProgram {
        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch stopping = new CountDownLatch(1);
            CountDownLatch stored = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stopping.countDown();
                await(stored);
            }));
            store(arguments, stopping);
            stored.countDown();
        }
    }

    private static void store(String[] arguments, CountDownLatch end) {
        new DirectoryArchives(Path.of(arguments[0])).put(new ArchiveName(arguments[1]), out -> {
            out.write(bytes(LARGE));
            System.out.write('.');
            System.out.flush();
            await(end);
            out.write(7);
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aProgramThatIsToldToStopMayFinish() throws Exception {
        ArchiveName name = name();
        Process process = storing(GracefulStopProgram.class, name);
        process.destroy();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        assertThat(read(name, ByteRange.whole(LARGE + 1L))).hasSize(LARGE + 1).endsWith(7);
        assertThat(lying()).containsExactly(name.text());
    }

    @Override
    protected String putForeign() throws IOException {
        return Files.writeString(directory.resolve("README"), "put here by somebody")
                .getFileName()
                .toString();
    }

    @Test
    void onlyTheOwnerMayLook() throws IOException {
        TestSkip.unless(isPosix(), "no POSIX permissions here");
        assertThat(permissions(directory)).isEqualTo("rwx------");
        ArchiveName name = name();
        archives.put(name, out -> {
            out.write(1);
            assertThat(permissions(directory.resolve(name + ".part"))).isEqualTo("rw-------");
        });
        assertThat(permissions(directory.resolve(name.text()))).isEqualTo("rw-------");
    }

    @Test
    void thereIsNoAddressToHandOverAt() {
        Attachment attachment = new Attachment("x.zip", "application/zip");
        assertThat(archives.handOver(stored(bytes(1)), attachment, Duration.ofHours(1)))
                .isEmpty();
    }

    @Test
    void aLinkThatSomebodyPlantedIsNotFollowed() throws IOException {
        Path secret = Files.writeString(temporary.resolve("secret"), "1234567890");
        ArchiveName name = name();
        Files.createSymbolicLink(directory.resolve(name.text()), secret);
        assertThatThrownBy(() -> archives.open(name, ByteRange.whole(10))).isInstanceOf(ArchiveException.class);
        archives.delete(name);
        assertThat(secret).exists();
        assertThat(lying()).isEmpty();
    }

    @Test
    void aSweepAsksForAThousandNamesAtOnceAndLeavesDirectoriesAlone() throws IOException {
        for (int n = 0; n < 1500; n++) {
            Files.createFile(directory.resolve(name().text()));
        }
        Path inside = Files.createDirectory(directory.resolve(name().text()));
        List<Integer> asked = new ArrayList<>();
        Set<ArchiveName> kept = new HashSet<>();
        Archives.SweepResult swept = archives.sweep(Instant.now().plus(Duration.ofHours(1)), names -> {
            asked.add(names.size());
            names.stream().limit(100).forEach(kept::add);
            return kept;
        });
        assertThat(asked).containsExactly(1000, 500);
        assertThat(swept).isEqualTo(new Archives.SweepResult(1300, 0));
        assertThat(lying()).hasSize(201).contains(inside.getFileName().toString());
    }

    @Test
    void aDirectoryThatVanishedIsSaid() throws IOException {
        Files.delete(directory);
        String gone = directory + " is not there";
        assertThatThrownBy(() -> stored(bytes(1))).hasMessageContaining(gone).hasNoCause();
        assertThatThrownBy(() -> archives.open(name(), ByteRange.whole(1))).hasMessageContaining(gone);
        assertThatThrownBy(() -> archives.sweep(Instant.now(), names -> names)).hasMessageContaining(gone);
        assertThat(whyOf(() -> stored(bytes(1)))).isEqualTo(ArchiveFailureReason.UNREACHABLE);
    }

    private static boolean isPosix() {
        return Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
