package dev.exeunt.app.terminal;

import dev.exeunt.ExeuntException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is there whole or not at all: written under a hidden name beside its own, forced to disk, then renamed.
 */
public final class AtomicFile implements AutoCloseable {

    private final Path target;
    private final @Nullable Set<PosixFilePermission> permissions;
    private @Nullable Path written;

    private AtomicFile(Path target, @Nullable Set<PosixFilePermission> permissions) {
        this.target = target;
        this.permissions = permissions;
    }

    public static AtomicFile of(Path target) {
        return new AtomicFile(target, null);
    }

    /** Read and written by its owner alone, where the file system knows owners. */
    public static AtomicFile ofOwner(Path target) {
        return new AtomicFile(target, posix() ? PosixFilePermissions.fromString("rw-------") : null);
    }

    /** In the place of a file, whose permissions it gets; where that is a link, of what the link leads to. */
    public static AtomicFile replacing(Path target) throws IOException {
        Path real = target.toRealPath();
        return new AtomicFile(real, posix() ? Files.getPosixFilePermissions(real) : null);
    }

    public Path target() {
        return target;
    }

    /** Everything but the name: what can fail for want of space or rights fails here. */
    public void write(byte[] content) {
        Path temporary = directory().resolve("." + target.getFileName() + ".part");
        try {
            Files.deleteIfExists(temporary);
            Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (FileChannel channel = FileChannel.open(temporary, options, attributes())) {
                written = temporary;
                if (permissions != null) {
                    // once more, since the process's mask has been taken off those it was created with
                    Files.setPosixFilePermissions(temporary, permissions);
                }
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
        } catch (IOException e) {
            close();
            throw new ExeuntException(target + " cannot be written: " + reason(e) + ".", e);
        }
    }

    /** Gives the file its name. @throws FileAlreadyExistsException where there is one and it must stay */
    public void publish(boolean overwrite) throws IOException {
        Path temporary = written;
        if (temporary == null) {
            throw new IllegalStateException("nothing was written");
        }
        if (!overwrite && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        written = null;
        forceDirectory();
    }

    /** Where the content is until it has its name. */
    public Path temporary() {
        return written == null ? target : written;
    }

    /** Leaves nothing behind but a published file. */
    @Override
    public void close() {
        Path temporary = written;
        written = null;
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                // what went wrong before is what matters
            }
        }
    }

    /** Why, in a few words, without a path. */
    public static String reason(IOException e) {
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "there is no such directory or file";
        }
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private Path directory() {
        Path parent = target.toAbsolutePath().getParent();
        return parent == null ? target.toAbsolutePath() : parent;
    }

    private FileAttribute<?>[] attributes() {
        return permissions == null
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }

    private static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    /** So that the name, too, survives a power cut; not every file system can. */
    private void forceDirectory() {
        try (FileChannel channel = FileChannel.open(directory(), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // the content is safe, only the name may be lost with the power
        }
    }
}
