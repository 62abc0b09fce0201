package dev.exeunt.support.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.testkit.TestSkip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileWriterTest {

    private static final byte[] CONTENT = "new".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    @Test
    void aFileIsHiddenUntilItIsKept() throws IOException {
        Path target = directory.resolve("map.yaml");
        try (AtomicFileWriter file = AtomicFileWriter.to(target).open()) {
            file.write(CONTENT);
            assertThat(files()).containsExactly(".map.yaml.part");
            assertThat(file.location()).isEqualTo(directory.resolve(".map.yaml.part"));
            file.keep();
            assertThat(files()).containsExactly("map.yaml");
            assertThat(file.location()).isEqualTo(target);
        }
        assertThat(target).hasContent("new");
    }

    @Test
    void whatIsNotKeptIsDeletedWithWhatAKilledAttemptLeft() throws IOException {
        Files.writeString(directory.resolve(".map.yaml.part"), "rest");
        try (AtomicFileWriter file =
                AtomicFileWriter.to(directory.resolve("map.yaml")).open()) {
            file.write(CONTENT);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void anotherFileKeepsItsNameAlsoWhenItComesMeanwhile() throws IOException {
        Path target = directory.resolve("receipt.json");
        try (AtomicFileWriter file = AtomicFileWriter.to(target).open()) {
            file.write(CONTENT);
            Files.writeString(target, "precious");
            assertThatThrownBy(file::keep).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(file.location()).hasContent("new");
        }
        assertThatThrownBy(() -> AtomicFileWriter.to(target).open()).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("precious");
        assertThat(files()).containsExactly("receipt.json");
    }

    @Test
    void whatTakesAFilesPlaceHasItsPermissionsAndFollowsItsLink() throws IOException {
        TestSkip.unless(
                directory.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        Path target = Files.writeString(directory.resolve("real.yaml"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw-r--"));
        Path link = Files.createSymbolicLink(directory.resolve("map.yaml"), target);
        try (AtomicFileWriter file = AtomicFileWriter.replacing(link).open()) {
            file.write(CONTENT);
            assertThat(target).hasContent("old");
            file.keep();
        }
        assertThat(link).isSymbolicLink().hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-rw-r--");
        assertThat(files()).containsExactlyInAnyOrder("map.yaml", "real.yaml");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> listed = Files.list(directory)) {
            return listed.map(path -> path.getFileName().toString()).toList();
        }
    }
}
