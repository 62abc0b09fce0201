package dev.exeunt.files;

import dev.exeunt.ExeuntException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a file beside its target and publishes it under its name once it is complete. It is written beside it,
 * readable by its owner only, and takes the name in one step, never another file's. Closed without {@link #keep()} it
 * is gone.
 */
public final class AtomicFileWriter implements AutoCloseable {

    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private final Thread hook = new Thread(this::discard, "exeunt-discard-export");

    private AtomicFileWriter(Path target, Path part, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
    }

    /**
     * Goes, too, when the program is told to stop.
     *
     * @throws FileAlreadyExistsException where something has the name
     */
    public static AtomicFileWriter create(Path target) throws IOException {
        AtomicFileWriter file = create(target, target.resolveSibling(".exeunt-" + UUID.randomUUID() + ".part"));
        file.register();
        return file;
    }

    /**
     * May be finished while the program is being stopped; where it is not, the caller finds the part by its name.
     *
     * @param part beside the target, what it is called until it is whole
     * @throws FileAlreadyExistsException where something has one of the names
     */
    public static AtomicFileWriter create(Path target, Path part) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new AtomicFileWriter(target, part, FileChannel.open(part, options, ownerOnly(part)));
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private void register() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            discard();
            throw new ExeuntException("The program is being stopped. Nothing was written.");
        }
    }

    /** Writes into the part; closing it closes the part, which keeps nothing. */
    public OutputStream stream() {
        return Channels.newOutputStream(channel);
    }

    /**
     * Everything is on the disk, then under the name.
     *
     * @throws FileAlreadyExistsException where somebody was faster
     */
    public void keep() throws IOException {
        channel.force(true);
        channel.close();
        takeName();
        syncDirectory();
    }

    /** A link fails where the name is taken; a rename would replace what has it. */
    private void takeName() throws IOException {
        try {
            Files.createLink(target, part);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            move();
        }
    }

    /** For file systems without links. */
    private void move() throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target);
        }
    }

    /** So that the name survives a power cut, too, where the system can do that. */
    private void syncDirectory() {
        Path directory = target.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
                opened.force(true);
            } catch (IOException e) {
                // Windows opens no directories; the file itself is on the disk
            }
        }
    }

    @Override
    public void close() {
        discard();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the program is stopping, and the hook, if there is one, runs or has run
        }
    }

    /** The part that is not the file's, or no longer. Closed first: Windows deletes no open file. */
    private void discard() {
        try {
            channel.close();
        } catch (IOException e) {
            // deleting it is what matters
        }
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // nothing is left to try, and nothing stands under the file's name
        }
    }
}
