package dev.exeunt.internal.ledger.chain;

import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.support.ledger.LedgerLines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the ledger in a file to which {@link LedgerLines} are added. What a crash left of a line was never acknowledged, and the next entry
 * takes its place.
 */
public final class FileLedgerSink implements LedgerSink {

    /** Longer than a line can be. */
    private static final int TAIL = 4096;

    /** A lock of a file is held by the whole Java process, which may not ask for it twice. */
    private static final Object APPENDS = new Object();

    private final Path file;

    public FileLedgerSink(Path file) {
        this.file = file.toAbsolutePath();
    }

    @Override
    public String place() {
        return "the file " + file;
    }

    @Override
    public Optional<Entry> last() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return last(channel);
        }
    }

    private Optional<Entry> last(FileChannel channel) throws IOException {
        long whole = wholeLines(channel);
        if (whole == 0) {
            return Optional.empty();
        }
        String tail = tail(channel, whole);
        return Optional.of(LedgerLines.entry(
                tail.substring(tail.lastIndexOf('\n', tail.length() - 2) + 1, tail.length() - 1)));
    }

    /** Where the last line ends that is whole. */
    private static long wholeLines(FileChannel channel) throws IOException {
        String tail = tail(channel, channel.size());
        int end = tail.lastIndexOf('\n');
        if (end < 0 && tail.length() == TAIL) {
            throw new IOException("it is no ledger");
        }
        return channel.size() - tail.length() + end + 1;
    }

    private static String tail(FileChannel channel, long end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(TAIL, end));
        long at = end - bytes.capacity();
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // until all is read
        }
        return new String(
                bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1); // one character for each byte
    }

    @Override
    public void read(long after, Consumer<Entry> entries) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            LedgerLines.read(Channels.newInputStream(channel), after, entries);
        }
    }

    @Override
    public void append(List<Entry> entries) throws IOException {
        synchronized (APPENDS) {
            appendLocked(entries);
        }
    }

    private void appendLocked(List<Entry> entries) throws IOException {
        try (FileChannel channel = open();
                FileLock lock = channel.lock()) {
            long last = last(channel).map(Entry::position).orElse(0L);
            if (entries.get(0).position() != last + 1) {
                throw new IOException("entry " + (last + 1) + " is expected");
            }
            long end = wholeLines(channel);
            channel.truncate(end);
            channel.position(end);
            ByteBuffer rest = ByteBuffer.wrap(LedgerLines.write(entries));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private FileChannel open() throws IOException {
        if (!Files.exists(file) && Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
