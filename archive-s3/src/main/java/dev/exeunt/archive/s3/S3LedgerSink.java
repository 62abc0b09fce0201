package dev.exeunt.archive.s3;

import dev.exeunt.ExeuntException;
import dev.exeunt.archive.ArchiveException;
import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.support.ledger.LedgerLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the ledger in a bucket: one object of lines for each append. An object is never written twice, and may be locked for days, so that
 * no credentials of this program can change or delete it.
 *
 * <pre>{@code
 * LedgerSink sink = S3LedgerSink.of(settings, new S3LedgerSink.ObjectLock(S3LedgerSink.LockMode.COMPLIANCE, 3650));
 * Exeunt exeunt = Exeunt.builder(database).key(key).ledger(sink).build();
 * }</pre>
 */
public final class S3LedgerSink implements LedgerSink, AutoCloseable {

    /** Entries of one object at most: some megabytes. */
    private static final int MOST = 10_000;

    private static final String WITHOUT_REGION =
            "No region is named, neither in the settings nor in the environment. Set AWS_REGION.";

    private final S3Clients clients;
    private final S3Settings settings;
    private final LedgerObjects objects;

    /** The newest object that was read or written, with its last entry. */
    private volatile @Nullable KnownEnd known;

    private record KnownEnd(LedgerObjects.LedgerObject object, Entry last) {}

    private S3LedgerSink(S3Clients clients, S3Settings settings, @Nullable ObjectLock lock) {
        this.clients = clients;
        this.settings = settings;
        this.objects = new LedgerObjects(new S3Bucket(clients.client(), settings), lock, Clock.systemUTC());
    }

    /** Says who may delete a locked object before its time. */
    public enum LockMode {
        /** no account at all */
        COMPLIANCE,
        /** accounts with {@code s3:BypassGovernanceRetention} */
        GOVERNANCE
    }

    /**
     * Locks each object of the ledger. The bucket must have been made with object lock.
     *
     * @param days how long, 1 to 36500
     */
    public record ObjectLock(LockMode mode, int days) {

        public ObjectLock {
            if (days < 1 || days > 36_500) {
                throw new IllegalArgumentException("An object is locked for 1 to 36500 days.");
            }
        }
    }

    /**
     * Returns the sink of a bucket, which exists. It calls the object store only when it is used.
     *
     * @param lock null where objects are not locked, or the bucket has a rule of its own
     * @throws ExeuntException with all that is wrong with the settings, or where no region is named anywhere
     */
    public static S3LedgerSink of(S3Settings settings, @Nullable ObjectLock lock) {
        return new S3LedgerSink(S3Clients.checked(settings, WITHOUT_REGION), settings, lock);
    }

    @Override
    public String place() {
        String prefix = settings.prefix();
        return settings.shown() + (prefix.isEmpty() ? "" : ", below " + prefix);
    }

    /** One request to list. The newest object is read only where another instance, or another hand, has written it. */
    @Override
    public Optional<Entry> last() throws IOException {
        Optional<LedgerObjects.LedgerObject> newest = asked(objects::newest);
        if (newest.isEmpty()) {
            known = null;
            return Optional.empty();
        }
        KnownEnd before = known;
        if (before != null && before.object().equals(newest.get())) {
            return Optional.of(before.last());
        }
        List<Entry> entries = new ArrayList<>(1);
        try (InputStream lines = new ByteArrayInputStream(
                asked(() -> objects.content(newest.get().first())))) {
            LedgerLines.read(lines, 0, entry -> {
                entries.clear();
                entries.add(entry);
            });
        }
        if (entries.isEmpty()) {
            throw new IOException("its newest object holds no whole line");
        }
        known = new KnownEnd(newest.get(), entries.get(0));
        return Optional.of(entries.get(0));
    }

    @Override
    public void read(long after, Consumer<Entry> entries) throws IOException {
        asked(() -> {
            objects.read(after, entries);
            return true;
        });
    }

    @Override
    public void append(List<Entry> entries) throws IOException {
        long last = last().map(Entry::position).orElse(0L);
        if (entries.get(0).position() != last + 1) {
            throw new IOException("entry " + (last + 1) + " is expected");
        }
        for (int from = 0; from < entries.size(); from += MOST) {
            List<Entry> part = entries.subList(from, Math.min(from + MOST, entries.size()));
            LedgerObjects.LedgerObject written =
                    asked(() -> objects.write(part.get(0).position(), LedgerLines.write(part)));
            known = new KnownEnd(written, part.get(part.size() - 1));
        }
    }

    @Override
    public void close() {
        clients.close();
    }

    @Override
    public String toString() {
        return place();
    }

    /** What is asked of the store. */
    private interface StoreCall<T> {
        T call() throws IOException;
    }

    private static <T> T asked(StoreCall<T> request) throws IOException {
        try {
            return request.call();
        } catch (ArchiveException e) {
            throw new IOException(String.valueOf(e.getMessage()));
        }
    }
}
