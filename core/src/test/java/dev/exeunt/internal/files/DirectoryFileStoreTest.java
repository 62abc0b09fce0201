package dev.exeunt.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.map.DataMap.FileState;
import dev.exeunt.map.DataMap.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DirectoryFileStoreTest {

    @TempDir
    private Path directory;

    private Path root;
    private Path outside;
    private DirectoryFileStore store;

    @BeforeEach
    void fill() throws IOException {
        root = Files.createDirectory(directory.resolve("uploads"));
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.createDirectories(root.resolve("7/pictures"));
        Files.writeString(root.resolve("7/pictures/a.png"), "picture");
        Files.writeString(root.resolve("b.png"), "b");
        store = new DirectoryFileStore(root);
    }

    @Test
    void filesAreReadAndDeletedBelowTheDirectory() throws IOException {
        assertThat(read("7/pictures/a.png")).isEqualTo("picture");
        assertThat(read("b.png")).isEqualTo("b");
        assertThat(store.delete("7/pictures/a.png")).isEqualTo(FileState.PRESENT);
        assertThat(root.resolve("7/pictures/a.png")).doesNotExist();
        assertThat(store.delete("7/pictures/a.png")).isEqualTo(FileState.MISSING);
        assertThat(read("7/pictures/a.png")).isEqualTo("MISSING");
        assertThat(read("8/pictures/a.png")).isEqualTo("MISSING");
        assertThat(store.faults()).isEmpty();
    }

    @Test
    void noSymbolicLinkIsFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("directory"), outside);
        Files.createSymbolicLink(root.resolve("inside"), root.resolve("b.png"));
        for (String name : new String[] {"file", "directory/secret.txt", "inside", "directory"}) {
            assertThat(read(name)).as(name).isEqualTo("REFUSED");
            assertThat(store.delete(name)).as(name).isEqualTo(FileState.REFUSED);
        }
        assertThat(outside.resolve("secret.txt")).hasContent("secret");
        assertThat(root.resolve("b.png")).hasContent("b");
        assertThat(Files.isSymbolicLink(root.resolve("file"))).isTrue();
    }

    @Test
    void onlyPlainFilesAreRead() throws Exception {
        Process pipe = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
        assertThat(pipe.waitFor()).isZero();
        for (String name : new String[] {"pipe", "pipe/a", "7", "7/pictures", "b.png/a"}) {
            assertThat(read(name)).as(name).isEqualTo("REFUSED");
            assertThat(store.delete(name)).as(name).isEqualTo(FileState.REFUSED);
        }
        assertThat(root.resolve("7/pictures")).isDirectory();
    }

    /** Another program swaps a directory for a link to one outside, and back, all the while. */
    @Test
    void aDirectoryThatIsSwappedMeanwhileLeadsNowhere() throws Exception {
        Files.writeString(root.resolve("7/secret.txt"), "mine");
        Files.writeString(outside.resolve("other.txt"), "other");
        Path link = Files.createSymbolicLink(directory.resolve("link"), outside);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> swapping = CompletableFuture.runAsync(() -> swap(link, done));
        int mine = 0;
        int other = 0;
        long end = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
        while (System.nanoTime() < end || mine == 0 || other == 0) {
            String found = readWhileSwapped();
            assertThat(found).isIn("mine", "REFUSED", "MISSING", "failed");
            mine += found.equals("mine") ? 1 : 0;
            other += found.equals("mine") ? 0 : 1;
        }
        done.set(true);
        swapping.get(10, TimeUnit.SECONDS);
        assertThat(outside.resolve("secret.txt")).hasContent("secret");
        assertThat(outside.resolve("other.txt")).hasContent("other");
    }

    /** Where a link was there when the directory was opened and is gone when it is looked at, the store has failed. */
    private String readWhileSwapped() throws IOException {
        try {
            assertThat(store.delete("7/other.txt")).isNotEqualTo(FileState.PRESENT);
            return read("7/secret.txt");
        } catch (FileSystemException e) {
            return "failed";
        }
    }

    private void swap(Path link, AtomicBoolean done) {
        try {
            while (!done.get()) {
                Files.move(root.resolve("7"), root.resolve("aside"), StandardCopyOption.ATOMIC_MOVE);
                Files.move(link, root.resolve("7"), StandardCopyOption.ATOMIC_MOVE);
                Files.move(root.resolve("7"), link, StandardCopyOption.ATOMIC_MOVE);
                Files.move(root.resolve("aside"), root.resolve("7"), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsAFailureAndNoMissingFile() throws IOException {
        Files.delete(root.resolve("b.png"));
        DirectoryFileStore gone = new DirectoryFileStore(directory.resolve("gone"));
        assertThatThrownBy(() -> gone.open("b.png")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> gone.delete("b.png")).isInstanceOf(IOException.class);
        assertThat(gone.faults())
                .singleElement()
                .asString()
                .contains("gone cannot be read (NoSuchFileException)")
                .contains("It must be a directory");
    }

    private String read(String name) throws IOException {
        try (StoredFile file = store.open(name)) {
            String content = new String(file.content().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(file.bytes()).isEqualTo(content.length());
            return file.state() == FileState.PRESENT ? content : file.state().name();
        }
    }
}
