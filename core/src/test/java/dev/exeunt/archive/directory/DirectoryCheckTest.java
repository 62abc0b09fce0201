package dev.exeunt.archive.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives.SettingFault;
import dev.exeunt.testkit.TestSkip;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a directory, said before anybody exports anything. */
class DirectoryCheckTest {

    @TempDir
    private Path temporary;

    private static String fault(Path directory) {
        List<SettingFault> faults = new DirectoryArchives(directory).check();
        assertThat(faults).singleElement().extracting(SettingFault::setting).isEqualTo("directory");
        return faults.get(0).sentence();
    }

    @Test
    void aDirectoryIsMadeOnceAndUsedAgain() throws IOException {
        Path directory = temporary.resolve("archives");
        assertThat(new DirectoryArchives(directory).check()).isEmpty();
        assertThat(new DirectoryArchives(directory).check()).isEmpty();
        try (Stream<Path> inside = Files.list(directory)) {
            assertThat(inside).isEmpty();
        }
    }

    @Test
    void aLongerPathIsNotMadeUp() {
        Path directory = temporary.resolve("mnt/archives");
        assertThat(fault(directory))
                .isEqualTo(directory + " cannot be made, since " + directory.getParent()
                        + " is not there. Make it (mkdir -p), mount it, or name another directory.");
        assertThat(directory.getParent()).doesNotExist();
    }

    @Test
    void aFileIsNoDirectory() throws IOException {
        Path file = Files.createFile(temporary.resolve("archives"));
        assertThat(fault(file)).isEqualTo(file + " is a file. Name a directory.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwxrwx---", "rwx-----x", "rwxrwxrwx"})
    void aDirectoryThatOthersMayLookIntoIsRefusedAndAnotherInsideItWillDo(String open) throws IOException {
        TestSkip.unless(
                temporary.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        Path directory = Files.createDirectory(temporary.resolve("archives"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(open));
        assertThat(fault(directory)).contains("(" + open + ")", "chmod 700 " + directory);
        assertThat(new DirectoryArchives(directory.resolve("own")).check()).isEmpty();
    }

    @Test
    void aDirectoryOneMayNotWriteInIsRefused() throws Exception {
        Path directory = Files.createDirectory(temporary.resolve("archives"));
        List<String> prefix = unprivileged(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
        assertThat(checkedBySomebody(prefix, directory))
                .isEqualTo(
                        "directory: " + directory + " cannot be used. This user may not write in " + directory + ".");
        assertThat(checkedBySomebody(prefix, directory.resolve("own")))
                .contains("cannot be made: this user may not write in " + directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertThat(checkedBySomebody(prefix, directory)).isEmpty();
    }

    /** Permissions bind nobody who is root: then the check is made by another user, whose the directory is. */
    private List<String> unprivileged(Path directory) throws Exception {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        TestSkip.unless(
                Files.isExecutable(Path.of("/usr/bin/setpriv")), "root, and no setpriv to be somebody else with");
        run(List.of("chown", "65534", directory.toString()));
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        return List.of("setpriv", "--reuid=65534", "--clear-groups");
    }

    private static String checkedBySomebody(List<String> prefix, Path directory) throws Exception {
        List<String> command = Stream.of(
                        prefix,
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                DirectoryCheckProgram.class.getName(),
                                directory.toString()))
                .flatMap(List::stream)
                .toList();
        return run(command).strip();
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** Runs the directory check as another user. */
    static final class DirectoryCheckProgram {
        public static void main(String[] arguments) {
            new DirectoryArchives(Path.of(arguments[0])).check().forEach(System.out::println);
        }
    }

    /** A disk of a megabyte, where the tests may mount one. */
    @Test
    void aFullDiskIsSaidAndLeavesNothing() throws Exception {
        Path disk = Files.createDirectory(temporary.resolve("disk"));
        Optional<String> unmounted = mounted(disk);
        TestSkip.unless(unmounted.isEmpty(), "no small disk can be mounted here (" + unmounted.orElse("") + ")");
        try {
            DirectoryArchives archives = new DirectoryArchives(disk);
            assertThat(archives.check()).isEmpty();
            ArchiveName name = ArchiveName.random(new SecureRandom());
            ArchiveException full =
                    catchThrowableOfType(ArchiveException.class, () -> archives.put(name, out -> fill(out)));
            assertThat(full.why()).isEqualTo(ArchiveException.ArchiveFailureReason.FULL);
            assertThat(full.isTransient()).isTrue();
            assertThat(full)
                    .hasMessage("No space is left in " + disk + ". Nothing was kept. Make room there.")
                    .hasNoCause();
            try (Stream<Path> inside = Files.list(disk)) {
                assertThat(inside).isEmpty();
            }
            assertThat(archives.put(name, out -> out.write(1)))
                    .as("there is room again")
                    .isEqualTo(1);
            assertThatThrownBy(() -> Files.write(disk.resolve("other"), new byte[2 << 20]))
                    .isInstanceOf(IOException.class);
            assertThat(fault(disk)).contains("No space is left in " + disk);
        } finally {
            run(List.of("umount", disk.toString()));
        }
    }

    /** As an exporter does that makes something else of what it is told. */
    private static void fill(OutputStream out) {
        try {
            for (int n = 0; n < 100; n++) {
                out.write(new byte[64 << 10]);
            }
        } catch (IOException e) {
            throw new IllegalStateException("could not be written");
        }
    }

    private static Optional<String> mounted(Path disk) {
        try {
            run(List.of("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", disk.toString()));
            return Optional.empty();
        } catch (Exception | AssertionError e) {
            return Optional.of("mount needs root");
        }
    }
}
