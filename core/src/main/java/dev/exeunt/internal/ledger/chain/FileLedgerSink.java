package dev.exeunt.internal.ledger.chain;

import dev.exeunt.ledger.LedgerSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
 * Keeps the ledger in a file to which lines are added: position, keyed hash and text, with a space between. An entry counts once its line
 * ends: what a crash left of a line was never acknowledged, and the next entry takes its place.
 */
public final class FileLedgerSink implements LedgerSink {

    /** Longer than a line can be. */
    private static final int TAIL = 4096;

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
        return Optional.of(entry(tail.substring(tail.lastIndexOf('\n', tail.length() - 2) + 1, tail.length() - 1)));
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
            long left = wholeLines(channel);
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.US_ASCII));
            while (left > 0) {
                String line = lines.readLine();
                if (line == null) {
                    throw new IOException("it became shorter while it was read");
                }
                left -= line.length() + 1L;
                Entry entry = entry(line);
                if (entry.position() > after) {
                    entries.accept(entry);
                }
            }
        }
    }

    @Override
    public void append(List<Entry> entries) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Entry entry : entries) {
            lines.append(entry.position())
                    .append(' ')
                    .append(entry.mac())
                    .append(' ')
                    .append(entry.text())
                    .append('\n');
        }
        try (FileChannel channel = open();
                FileLock lock = channel.lock()) {
            long last = last(channel).map(Entry::position).orElse(0L);
            if (entries.get(0).position() != last + 1) {
                throw new IOException("entry " + (last + 1) + " is expected");
            }
            long end = wholeLines(channel);
            channel.truncate(end);
            channel.position(end);
            ByteBuffer rest = StandardCharsets.US_ASCII.encode(lines.toString());
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

    private static Entry entry(String line) throws IOException {
        String[] parts = line.split(" ", 3);
        try {
            return new Entry(Long.parseLong(parts[0]), parts[1], parts[2]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("it has a line that is no entry of a ledger", e);
        }
    }
}
