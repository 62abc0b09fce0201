package dev.exeunt.examples.jdbc;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveException.ArchiveFailureReason;
import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Archives.Attachment;
import dev.exeunt.archive.Archives.ByteRange;
import dev.exeunt.archive.Archives.SettingFault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps archives in memory: an example of an own store, and one for tests. Its archives are gone when the program ends. */
public final class MemoryArchives implements Archives {

    /** By name. An archive without bytes is being written. */
    private final Map<String, StoredBytes> stored = new ConcurrentHashMap<>();

    private final Clock clock;

    public MemoryArchives(Clock clock) {
        this.clock = clock;
    }

    // tag::archive-put[]
    @Override
    public long put(ArchiveName name, ArchiveContent content) {
        return Archives.Sink.store(new MemorySink(name.text()), content);
    }

    /** Collects the bytes of one archive. Each write fails once another worker has deleted the archive. */
    private final class MemorySink implements Archives.Sink {
        private final String name;
        private final StoredBytes unfinished = new StoredBytes(clock.instant(), null);
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        private MemorySink(String name) {
            this.name = name;
            if (stored.putIfAbsent(name, unfinished) != null) {
                throw new ArchiveException(ArchiveFailureReason.TAKEN, "An archive has this name already.");
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (stored.get(name) != unfinished) {
                throw lost();
            }
            written.write(bytes, offset, length);
        }

        @Override
        public void keep() {
            if (Thread.currentThread().isInterrupted()) {
                throw ArchiveException.interrupted();
            }
            if (!stored.replace(name, unfinished, new StoredBytes(clock.instant(), written.toByteArray()))) {
                throw lost();
            }
        }

        @Override
        public void close() {
            stored.remove(name, unfinished); // does nothing once the archive is kept
        }
    }
    // end::archive-put[]

    private static ArchiveException lost() {
        return new ArchiveException(ArchiveFailureReason.LOST, "Another worker deleted the archive. Nothing was kept.");
    }

    // tag::archive-open[]
    @Override
    public InputStream open(ArchiveName name, ByteRange range) {
        StoredBytes archive = stored.get(name.text());
        if (archive == null || archive.bytes == null) {
            throw new ArchiveException(ArchiveFailureReason.ABSENT, "Nothing is stored under this name.");
        }
        if (archive.bytes.length != range.size()) {
            throw new ArchiveException(ArchiveFailureReason.DAMAGED, "The archive has another size than when stored.");
        }
        return new InterruptibleBytes(archive.bytes, Math.toIntExact(range.first()), Math.toIntExact(range.length()));
    }
    // end::archive-open[]

    @Override
    public void delete(ArchiveName name) {
        stored.remove(name.text());
    }

    // tag::archive-sweep[]
    @Override
    public SweepResult sweep(Instant before, UnaryOperator<Set<ArchiveName>> known) {
        List<Map.Entry<String, StoredBytes>> old = stored.entrySet().stream()
                .filter(entry -> ArchiveName.is(entry.getKey()))
                .filter(entry -> entry.getValue().at.isBefore(before))
                .toList();
        int whole = 0;
        int unfinished = 0;
        for (int from = 0; from < old.size(); from += 1000) { // one call takes at most 1,000 names
            List<Map.Entry<String, StoredBytes>> some = old.subList(from, Math.min(from + 1000, old.size()));
            Set<ArchiveName> kept = known.apply(
                    some.stream().map(entry -> new ArchiveName(entry.getKey())).collect(Collectors.toSet()));
            for (Map.Entry<String, StoredBytes> entry : some) {
                boolean orphan = !kept.contains(new ArchiveName(entry.getKey()));
                if (orphan && stored.remove(entry.getKey(), entry.getValue())) {
                    whole += entry.getValue().bytes != null ? 1 : 0;
                    unfinished += entry.getValue().bytes == null ? 1 : 0;
                }
            }
        }
        return new SweepResult(whole, unfinished);
    }
    // end::archive-sweep[]

    @Override
    public List<SettingFault> check() {
        return List.of();
    }

    /** Memory has no address of its own: Exeunt makes a link, and reads the archive by {@link #open}. */
    @Override
    public Optional<URI> handOver(ArchiveName name, Attachment attachment, Duration left) {
        return Optional.empty();
    }

    @Override
    public void close() {}

    /** Stores bytes under any name, for tests of the sweep. */
    void store(String name, byte @Nullable [] bytes) {
        stored.put(name, new StoredBytes(clock.instant(), bytes));
    }

    List<String> names() {
        return stored.keySet().stream().sorted().toList();
    }

    /** Holds what lies under one name. Two of them are never equal, so that an old writer cannot replace a new one's. */
    private static final class StoredBytes {
        private final Instant at;
        private final byte @Nullable [] bytes;

        private StoredBytes(Instant at, byte @Nullable [] bytes) {
            this.at = at;
            this.bytes = bytes;
        }
    }

    /** Reads bytes, and stops when the thread is interrupted. */
    private static final class InterruptibleBytes extends InputStream {
        private final ByteArrayInputStream bytes;

        private InterruptibleBytes(byte[] bytes, int first, int length) {
            this.bytes = new ByteArrayInputStream(bytes, first, length);
        }

        @Override
        public int read() throws InterruptedIOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws InterruptedIOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("reading the archive was interrupted");
            }
            return bytes.read(buffer, offset, length);
        }
    }
}
