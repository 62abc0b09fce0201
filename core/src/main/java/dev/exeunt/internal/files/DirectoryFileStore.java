package dev.exeunt.internal.files;

import dev.exeunt.ExeuntException;
import dev.exeunt.map.DataMap.FileState;
import dev.exeunt.map.DataMap.FileStore;
import dev.exeunt.map.DataMap.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/**
 * Finds files below one directory. Each part of a name is opened relative to the directory that was opened before it, and no symbolic
 * link is followed, so that a directory which is swapped for a link meanwhile leads nowhere. The directory itself may be a link.
 */
public final class DirectoryFileStore implements FileStore {

    private static final Set<? extends OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Path root;

    /** Touches nothing yet. */
    public DirectoryFileStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * Returns the store of an absolute path.
     *
     * @throws ExeuntException where the path is relative or no path
     */
    public static DirectoryFileStore at(String directory) {
        try {
            Path path = Path.of(directory);
            if (path.isAbsolute()) {
                return new DirectoryFileStore(path);
            }
        } catch (InvalidPathException e) {
            // told below, with what is valid
        }
        throw new ExeuntException(
                "'" + directory + "' is no absolute path of a directory. One is /var/lib/app/uploads");
    }

    /** Does something with the last part of a name, in its directory. */
    private interface FileWork<T> {
        T run(SecureDirectoryStream<Path> directory, Path file) throws IOException;
    }

    /** Makes an answer of what stands in the way. */
    private interface AbsentFile<T> {
        T of(FileState state);
    }

    @Override
    public StoredFile open(String name) throws IOException {
        return at(
                name,
                (directory, file) -> {
                    SeekableByteChannel channel = directory.newByteChannel(file, READ);
                    try {
                        InputStream content = Channels.newInputStream(channel);
                        return new StoredFile(FileState.PRESENT, channel.size(), content);
                    } catch (IOException | RuntimeException e) {
                        channel.close();
                        throw e;
                    }
                },
                StoredFile::absent);
    }

    @Override
    public FileState delete(String name) throws IOException {
        return at(
                name,
                (directory, file) -> {
                    directory.deleteFile(file);
                    return FileState.PRESENT;
                },
                state -> state);
    }

    @Override
    public List<String> faults() {
        try (SecureDirectoryStream<Path> directory = openRoot()) {
            var unused = directory.iterator().hasNext(); // reads the directory
            return List.of();
        } catch (IOException e) {
            return List.of(
                    "the directory " + root + " cannot be read (" + e.getClass().getSimpleName()
                            + "). It must be a directory in which the program's user may list, read and delete files.");
        }
    }

    @Override
    public String toString() {
        return "the directory " + root;
    }

    private <T> T at(String name, FileWork<T> work, AbsentFile<T> absent) throws IOException {
        String[] parts = name.split("/", -1);
        SecureDirectoryStream<Path> directory = openRoot();
        try {
            for (int i = 0; i < parts.length - 1; i++) {
                Path part = part(parts[i]);
                FileState state = directoryState(directory, part);
                if (state != FileState.PRESENT) {
                    return absent.of(state);
                }
                SecureDirectoryStream<Path> below;
                try {
                    below = directory.newDirectoryStream(part, LinkOption.NOFOLLOW_LINKS);
                } catch (FileSystemException e) {
                    return absent.of(changed(directoryState(directory, part), e));
                }
                directory.close();
                directory = below;
            }
            return atLast(directory, part(parts[parts.length - 1]), work, absent);
        } finally {
            directory.close();
        }
    }

    private Path part(String text) throws IOException {
        try {
            return root.getFileSystem().getPath(text);
        } catch (InvalidPathException e) {
            // the exception's own message holds the name
            throw new FileSystemException(
                    root.toString(),
                    null,
                    "a name does not fit the program's encoding of file names; set LC_ALL=C.UTF-8");
        }
    }

    private static <T> T atLast(
            SecureDirectoryStream<Path> directory, Path file, FileWork<T> work, AbsentFile<T> absent)
            throws IOException {
        FileState state = fileState(directory, file);
        if (state != FileState.PRESENT) {
            return absent.of(state);
        }
        try {
            return work.run(directory, file);
        } catch (FileSystemException e) {
            return absent.of(changed(fileState(directory, file), e));
        }
    }

    /** What stands there now, where another program has put it there meanwhile; else the store has failed. */
    private static FileState changed(FileState now, FileSystemException failure) throws FileSystemException {
        if (failure instanceof NoSuchFileException) {
            return FileState.MISSING;
        }
        if (now == FileState.PRESENT) {
            throw failure;
        }
        return now;
    }

    private static FileState directoryState(SecureDirectoryStream<Path> directory, Path part) throws IOException {
        return state(directory, part, true);
    }

    private static FileState fileState(SecureDirectoryStream<Path> directory, Path file) throws IOException {
        return state(directory, file, false);
    }

    /** Looked at before it is opened: to open a pipe would wait for its other end. */
    private static FileState state(SecureDirectoryStream<Path> directory, Path part, boolean asDirectory)
            throws IOException {
        try {
            BasicFileAttributes found = directory
                    .getFileAttributeView(part, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            boolean fits = asDirectory ? found.isDirectory() : found.isRegularFile();
            return fits ? FileState.PRESENT : FileState.REFUSED;
        } catch (NoSuchFileException e) {
            return FileState.MISSING;
        }
    }

    private SecureDirectoryStream<Path> openRoot() throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(root);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new FileSystemException(
                root.toString(), null, "this system cannot open files relative to a directory; use Linux");
    }
}
