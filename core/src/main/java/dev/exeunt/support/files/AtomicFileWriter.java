package dev.exeunt.support.files;

import dev.exeunt.ExeuntException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
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
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file beside its target and publishes it under its name once it is complete. Until then it has a hidden name, by default
 * {@code .NAME.part}, and is forced to disk before it gets its own. Closed without {@link #keep()} it is deleted.
 *
 * <pre>{@code
 * try (AtomicFileWriter file = AtomicFileWriter.create(Path.of("receipt.json"))) {
 *     file.write(receipt.toJson().getBytes(StandardCharsets.UTF_8));
 *     file.keep();
 * }
 * }</pre>
 */
public final class AtomicFileWriter implements AutoCloseable {

    private final Path target;
    private final Path part;
    private final boolean overwrites;
    private final FileChannel channel;
    private final Thread hook = new Thread(this::discardUnlessKept, "exeunt-discard-export");
    private volatile boolean kept;

    private AtomicFileWriter(Builder settings) throws IOException {
        this.target = settings.target;
        this.overwrites = settings.overwrites;
        this.part = settings.claimPart();
        this.channel = FileChannel.open(
                part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), settings.attributes());
        try {
            settings.applyPermissions(part);
        } catch (IOException e) {
            discard();
            throw e;
        }
    }

    /**
     * Creates a file that only its owner may read. A shutdown of the program also deletes it.
     *
     * @throws FileAlreadyExistsException where something has the name
     */
    public static AtomicFileWriter create(Path target) throws IOException {
        AtomicFileWriter file = create(target, target.resolveSibling(".exeunt-" + UUID.randomUUID() + ".part"));
        file.register();
        return file;
    }

    /**
     * Creates a file that only its owner may read. It may be finished while the program is being stopped; where it is not, the
     * caller finds the part by its name.
     *
     * @param part beside the target, what it is called until it is complete
     * @throws FileAlreadyExistsException where something has one of the names
     */
    public static AtomicFileWriter create(Path target, Path part) throws IOException {
        return to(target).part(part).open();
    }

    /** Starts a file that only its owner may read and that takes no other file's name, unless the builder says otherwise. */
    public static Builder to(Path target) {
        return new Builder(target);
    }

    /**
     * Starts a file that takes the place of another and gets its permissions. Where the target is a link, what it leads to is
     * replaced.
     */
    public static Builder replacing(Path target) throws IOException {
        Path real = target.toRealPath();
        Builder builder = new Builder(real).overwriting(true);
        builder.permissions = Builder.isPosix(real) ? Files.getPosixFilePermissions(real) : null;
        return builder;
    }

    private void register() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            discard();
            throw new ExeuntException("The program is being stopped. Nothing was written.");
        }
    }

    /** Writes all of the content and forces it to disk: what can fail for want of space or rights fails here. */
    public void write(byte[] content) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        channel.force(true);
    }

    /** Returns where the content is: under the hidden name, or under its own once it was kept. */
    public Path location() {
        return kept ? target : part;
    }

    public Path target() {
        return target;
    }

    /** Writes into the part; closing it closes the part, which keeps nothing. */
    public OutputStream stream() {
        return Channels.newOutputStream(channel);
    }

    /**
     * Forces everything to disk, then gives the file its name.
     *
     * @throws FileAlreadyExistsException where another file has got the name meanwhile, and is not to be overwritten
     */
    public void keep() throws IOException {
        channel.force(true);
        channel.close();
        if (overwrites) {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            takeName();
        }
        kept = true;
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
            return;
        }
        discard();
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
        discardUnlessKept();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the program is stopping, and the hook, if there is one, runs or has run
        }
    }

    /** Once the file is kept, another writer may have the part's name. */
    private void discardUnlessKept() {
        if (!kept) {
            discard();
        }
    }

    /** Deletes the part. Closes it first: Windows deletes no open file. */
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

    /** Says how a file is written. */
    public static final class Builder {

        private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

        private final Path target;
        private @Nullable Path part;
        private @Nullable Set<PosixFilePermission> permissions;
        private boolean overwrites;

        private Builder(Path target) {
            this.target = target;
            this.permissions = isPosix(target) ? OWNER : null;
        }

        /** Gives the name until the file is complete, which nothing may have. */
        public Builder part(Path name) {
            part = name;
            return this;
        }

        /** Leaves the permissions to the process, as for any file the user makes. */
        public Builder defaultPermissions() {
            permissions = null;
            return this;
        }

        /** Says whether the file takes the place of one that has its name. */
        public Builder overwriting(boolean overwriting) {
            overwrites = overwriting;
            return this;
        }

        /** @throws FileAlreadyExistsException where something has the name, and is not to be overwritten */
        public AtomicFileWriter open() throws IOException {
            if (!overwrites && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            return new AtomicFileWriter(this);
        }

        /** By its default name there may be the rest of an attempt that was killed. */
        private Path claimPart() throws IOException {
            if (part != null) {
                return part;
            }
            Path hidden = target.resolveSibling("." + target.getFileName() + ".part");
            Files.deleteIfExists(hidden);
            return hidden;
        }

        private FileAttribute<?>[] attributes() {
            return permissions == null
                    ? new FileAttribute<?>[0]
                    : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
        }

        /**
         * Sets the permissions of a replaced file once more, since the process's mask was taken off those the new file was created with. A
         * file for its owner alone needs none: a mask only takes away.
         */
        private void applyPermissions(Path file) throws IOException {
            if (permissions != null && !permissions.equals(OWNER)) {
                Files.setPosixFilePermissions(file, permissions);
            }
        }

        private static boolean isPosix(Path path) {
            return path.getFileSystem().supportedFileAttributeViews().contains("posix");
        }
    }
}
