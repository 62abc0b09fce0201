package dev.exeunt.archive.directory;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveException.ArchiveFailureReason;
import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Archives.Attachment;
import dev.exeunt.archive.Archives.ByteRange;
import dev.exeunt.archive.Archives.SettingFault;
import dev.exeunt.support.archive.FixedLengthInputStream;
import dev.exeunt.support.files.AtomicFileWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Stores archives as files in one directory that only the program's user may read. A file has its name once it is whole and on
 * the disk; until then it is called {@code NAME.part}. Several instances need a directory they share.
 */
public final class DirectoryArchives implements Archives {

    private final Path directory;
    private final DirectoryFailure failure;

    /** Touches nothing yet; {@link #check} makes the directory. */
    public DirectoryArchives(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        this.failure = new DirectoryFailure(this.directory);
    }

    @Override
    public long put(ArchiveName name, ArchiveContent content) {
        try {
            return Archives.Sink.store(new FileSink(AtomicFileWriter.create(file(name), part(name))), content);
        } catch (IOException e) {
            throw failure.writing(e);
        }
    }

    @Override
    public InputStream open(ArchiveName name, ByteRange range) {
        try {
            FileChannel channel =
                    FileChannel.open(file(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            try {
                return open(channel, range);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw failure.absent();
        } catch (IOException e) {
            throw failure.reading(e);
        }
    }

    private static InputStream open(FileChannel channel, ByteRange range) throws IOException {
        if (channel.size() != range.size()) {
            throw new ArchiveException(
                    ArchiveFailureReason.DAMAGED,
                    "The archive has another size than when it was stored: it is not handed over.");
        }
        channel.position(range.first());
        return new FixedLengthInputStream(Channels.newInputStream(channel), range.length());
    }

    @Override
    public void delete(ArchiveName name) {
        try {
            Files.deleteIfExists(part(name));
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw failure.deleting(e);
        }
    }

    @Override
    public SweepResult sweep(Instant before, UnaryOperator<Set<ArchiveName>> known) {
        try {
            return new DirectorySweep(directory, before, known).run();
        } catch (IOException e) {
            throw failure.deleting(e);
        }
    }

    @Override
    public List<SettingFault> check() {
        return new DirectoryCheck(directory, this).faults();
    }

    /** Files have no address: our own link leads to us. */
    @Override
    public Optional<URI> handOver(ArchiveName name, Attachment attachment, Duration left) {
        return Optional.empty();
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "the directory " + directory;
    }

    private Path file(ArchiveName name) {
        return directory.resolve(name.text());
    }

    private Path part(ArchiveName name) {
        return directory.resolve(name.text() + DirectorySweep.PART);
    }

    /** Fails with the part still there, so that a full disk can be told by its being full. */
    private final class FileSink implements Archives.Sink {
        private final AtomicFileWriter file;
        private final OutputStream out;

        private FileSink(AtomicFileWriter file) {
            this.file = file;
            this.out = file.stream();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw failure.writing(e);
            }
        }

        @Override
        public void keep() {
            try {
                file.keep();
            } catch (IOException e) {
                throw failure.writing(e);
            }
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
