package dev.exeunt.archive.s3;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveException.ArchiveFailureReason;
import dev.exeunt.archive.s3.S3LedgerSink.ObjectLock;
import dev.exeunt.ledger.LedgerSink.Entry;
import dev.exeunt.support.ledger.LedgerLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.utils.Md5Utils;

/**
 * Names, lists, reads and writes the objects of a ledger. Their names count down: {@code Long.MAX_VALUE - first position}, with zeros before
 * it. A store lists names in their order, so the newest object comes first, and the end of a ledger of any length is found by one request
 * for one name. Names that count up would need a listing of all, or a marker that two instances would have to keep in step.
 */
final class LedgerObjects {

    /** Digits of the largest position. */
    private static final int DIGITS = 19;

    /** Objects that are fetched at once, in memory until their turn comes. */
    private static final int AHEAD = 16;

    private static final int THREADS = 8;

    /** Names among which the newest object is looked for: others may lie before it. */
    private static final int LOOK = 20;

    /** Names that a store lists at once. */
    private static final int PAGE = 1_000;

    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;
    private static final int THERE_ALREADY = 412;
    private static final int UNKNOWN = 501;

    private final S3Bucket bucket;
    private final @Nullable ObjectLock lock;
    private final Clock clock;

    LedgerObjects(S3Bucket bucket, @Nullable ObjectLock lock, Clock clock) {
        this.bucket = bucket;
        this.lock = lock;
        this.clock = clock;
    }

    /**
     * An object of the ledger.
     *
     * @param first the position of its first entry
     * @param tag changes with its content
     */
    record LedgerObject(long first, String tag) {}

    /** Returns the object with the latest entries; empty where there is none. */
    Optional<LedgerObject> newest() {
        List<S3Object> first = page(null, LOOK).contents();
        Optional<LedgerObject> newest = first.stream().flatMap(this::object).findFirst();
        if (newest.isEmpty() && first.size() == LOOK) {
            throw new ArchiveException(
                    ArchiveFailureReason.REFUSED,
                    "The " + bucket.settings().shown()
                            + " holds other objects at the place of the ledger. Give it a prefix of its own");
        }
        return newest;
    }

    private ListObjectsV2Response page(@Nullable String from, int most) {
        return bucket.ask(
                S3Operation.LIST,
                s3 -> s3.listObjectsV2(r -> r.bucket(bucket.name())
                        .prefix(bucket.settings().prefix())
                        .delimiter("/") // another ledger may lie deeper
                        .continuationToken(from)
                        .maxKeys(most)));
    }

    /** Returns nothing for an object that is none of a ledger. What such an object might hide, the chain of the ledger finds. */
    private Stream<LedgerObject> object(S3Object found) {
        String name = found.key().substring(bucket.settings().prefix().length());
        return name.matches("[0-9]{" + DIGITS + "}")
                ? Stream.of(new LedgerObject(Long.MAX_VALUE - Long.parseLong(name), tag(found.eTag())))
                : Stream.empty();
    }

    private static String tag(@Nullable String given) {
        return given == null ? "" : given.replace("\"", "");
    }

    private String key(long first) {
        return bucket.settings().prefix() + String.format(Locale.ROOT, "%0" + DIGITS + "d", Long.MAX_VALUE - first);
    }

    /** @param first the position of the object's first entry */
    byte[] content(long first) throws IOException {
        ResponseInputStream<GetObjectResponse> found = bucket.ask(
                S3Operation.READ,
                s3 -> s3.getObject(r -> r.bucket(bucket.name()).key(key(first))));
        try (S3InputStream lines = new S3InputStream(found, found.response().contentLength())) {
            return lines.readAllBytes();
        }
    }

    /** Hands over the entries behind a position. The names that hold them are listed first, since the newest come first. */
    void read(long after, Consumer<Entry> entries) throws IOException {
        List<Long> firsts = firsts(after);
        Collections.reverse(firsts);
        ExecutorService readers = Executors.newFixedThreadPool(THREADS);
        try {
            for (int at = 0; at < firsts.size(); at += AHEAD) {
                for (byte[] lines : contents(readers, firsts.subList(at, Math.min(at + AHEAD, firsts.size())))) {
                    LedgerLines.read(new ByteArrayInputStream(lines), after, entries);
                }
            }
        } finally {
            readers.shutdownNow();
        }
    }

    /** Returns where objects begin, from the newest to the one that holds the entry behind the position. */
    private List<Long> firsts(long after) {
        List<Long> firsts = new ArrayList<>();
        String from = null;
        do {
            ListObjectsV2Response page = page(from, PAGE);
            for (LedgerObject each :
                    page.contents().stream().flatMap(this::object).toList()) {
                firsts.add(each.first());
                if (each.first() <= after + 1) {
                    return firsts;
                }
            }
            from = page.nextContinuationToken();
        } while (from != null);
        return firsts;
    }

    private List<byte[]> contents(ExecutorService readers, List<Long> firsts) throws IOException {
        List<Callable<byte[]>> calls =
                firsts.stream().<Callable<byte[]>>map(f -> () -> content(f)).toList();
        List<byte[]> contents = new ArrayList<>();
        try {
            for (Future<byte[]> each : readers.invokeAll(calls)) {
                contents.add(each.get());
            }
            return contents;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("reading was interrupted");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(cause == null ? "reading failed" : cause.getMessage());
        }
    }

    /**
     * Writes an object that is not there yet.
     *
     * @throws IOException where another instance was faster, or the store cannot keep two from writing the same one
     */
    LedgerObject write(long first, byte[] lines) throws IOException {
        try {
            PutObjectResponse written = bucket.client().putObject(request(first, lines), RequestBody.fromBytes(lines));
            return new LedgerObject(first, tag(written.eTag()));
        } catch (S3Exception e) {
            return notWritten(e, first, lines);
        } catch (SdkException e) {
            throw S3Failure.of(e, bucket.settings(), S3Operation.STORE).exception();
        }
    }

    private PutObjectRequest request(long first, byte[] lines) {
        PutObjectRequest.Builder put = PutObjectRequest.builder()
                .bucket(bucket.name())
                .key(key(first))
                .contentType("text/plain")
                .contentMD5(Md5Utils.md5AsBase64(lines)) // which object lock demands
                .ifNoneMatch("*");
        RequestEncryption.with(bucket.settings().encryption(), put::serverSideEncryption, put::ssekmsKeyId);
        if (lock != null) {
            put.objectLockMode(ObjectLockMode.valueOf(lock.mode().name()))
                    .objectLockRetainUntilDate(clock.instant().plus(Duration.ofDays(lock.days())));
        }
        return put.build();
    }

    private LedgerObject notWritten(S3Exception e, long first, byte[] lines) throws IOException {
        String code = e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
        if (e.statusCode() == CONFLICT || e.statusCode() == THERE_ALREADY) {
            // an answer may have been lost, and the SDK has asked again
            if (e.statusCode() == THERE_ALREADY && Arrays.equals(content(first), lines)) {
                return new LedgerObject(first, "");
            }
            throw new IOException("another instance has just written entry " + first);
        }
        if (e.statusCode() == UNKNOWN || code.equals("NotImplemented")) {
            throw new IOException(
                    "it knows no conditional writes (If-None-Match), which keep two instances from writing"
                            + " the same entry");
        }
        if (lock != null && e.statusCode() == BAD_REQUEST) {
            throw new IOException("it does not lock objects (" + code + "): make a bucket with object lock, or take"
                    + " lock-days away");
        }
        throw S3Failure.of(e, bucket.settings(), S3Operation.STORE).exception();
    }
}
