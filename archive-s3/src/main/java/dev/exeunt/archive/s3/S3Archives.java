package dev.exeunt.archive.s3;

import dev.exeunt.ExeuntException;
import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveException.ArchiveFailureReason;
import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Archives.Attachment;
import dev.exeunt.archive.Archives.ByteRange;
import dev.exeunt.archive.Archives.SettingFault;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Stores archives as objects of a bucket. An archive may have 80 GB; storing it takes 8 MiB of memory at most. The store shows it once
 * it is whole. Downloads go to the store itself, by pre-signed address.
 *
 * <pre>{@code
 * S3Settings settings = new S3Settings(
 *         "exports", // the bucket
 *         "shop/", // a prefix for this database alone
 *         new S3Location(null, null, "eu-central-1", false),
 *         S3Encryption.NONE,
 *         null, // credentials of the environment
 *         S3Timeouts.USUAL);
 * Archives archives = S3Archives.of(settings);
 * archives.check().forEach(System.out::println); // nothing where the bucket can be used
 * }</pre>
 */
public final class S3Archives implements Archives {

    /** No store signs for longer. */
    private static final Duration LONGEST_LINK = Duration.ofDays(7);

    private final S3Clients clients;
    private final S3Bucket bucket;

    private S3Archives(S3Clients clients, S3Settings settings) {
        this.clients = clients;
        this.bucket = new S3Bucket(clients.client(), settings);
    }

    /**
     * Returns the archives of a bucket. It calls the store only when it is used; {@link #check} tries everything.
     *
     * @throws ExeuntException with all {@link S3Settings#faults}, or where no region is named anywhere
     */
    public static S3Archives of(S3Settings settings) {
        String withoutRegion =
                "region: None is named, neither in the settings nor in the environment. Name one, as eu-central-1, or set"
                        + " AWS_REGION.";
        return new S3Archives(S3Clients.checked(settings, withoutRegion), settings);
    }

    @Override
    public long put(ArchiveName name, ArchiveContent content) {
        if (exists(name)) {
            throw new ArchiveException(
                    ArchiveFailureReason.TAKEN,
                    "Something is stored under that name already, and nothing is replaced.");
        }
        return Archives.Sink.store(new MultipartSink(bucket, bucket.key(name)), content);
    }

    private boolean exists(ArchiveName name) {
        return bucket.ask(S3Operation.READ, s3 -> {
            try {
                s3.headObject(r -> r.bucket(bucket.name()).key(bucket.key(name)));
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == 404) {
                    return false;
                }
                throw e;
            }
        });
    }

    @Override
    public InputStream open(ArchiveName name, ByteRange range) {
        ResponseInputStream<GetObjectResponse> response = bucket.ask(S3Operation.READ, s3 -> get(s3, name, range));
        if (!isExactly(response.response(), range)) {
            response.abort();
            throw new ArchiveException(
                    ArchiveFailureReason.DAMAGED,
                    "The archive has another size than when it was stored: it is not handed over.");
        }
        return new S3InputStream(response, range.length());
    }

    private ResponseInputStream<GetObjectResponse> get(S3Client s3, ArchiveName name, ByteRange range) {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(bucket.name()).key(bucket.key(name));
        if (range.partial()) {
            request.range("bytes=" + range.first() + "-" + (range.first() + range.length() - 1));
        }
        return s3.getObject(request.build());
    }

    private static boolean isExactly(GetObjectResponse response, ByteRange range) {
        return range.partial()
                ? range.contentRange().equals(response.contentRange())
                : response.contentLength() == range.size();
    }

    /** Uploads first: one that ends meanwhile becomes an object, which then goes as well. */
    @Override
    public void delete(ArchiveName name) {
        String key = bucket.key(name);
        bucket.ask(S3Operation.LIST_UNFINISHED, s3 -> {
            for (MultipartUpload upload : bucket.unfinished(key)) {
                bucket.abort(upload);
            }
            return key;
        });
        bucket.delete(key);
    }

    @Override
    public SweepResult sweep(Instant before, UnaryOperator<Set<ArchiveName>> known) {
        return new S3Sweep(bucket, before, known).run();
    }

    @Override
    public List<SettingFault> check() {
        return new S3Check(clients, bucket).faults();
    }

    /** Good for seven days at most, whatever is left, and no longer than the credentials where those are temporary. */
    @Override
    public Optional<URI> handOver(ArchiveName name, Attachment attachment, Duration left) {
        long seconds = Math.min(left.getSeconds(), LONGEST_LINK.getSeconds());
        if (seconds < 1) {
            throw new ArchiveException(ArchiveFailureReason.EXPIRED, "There is no time left to download it in.");
        }
        return Optional.of(bucket.ask(
                S3Operation.READ,
                s3 -> clients.presigner()
                        .presignGetObject(p -> p.signatureDuration(Duration.ofSeconds(seconds))
                                .getObjectRequest(r -> r.bucket(bucket.name())
                                        .key(bucket.key(name))
                                        .responseContentDisposition(attachment.contentDisposition())
                                        .responseContentType(attachment.mediaType())
                                        .responseCacheControl("private, no-store")))
                        .httpRequest()
                        .getUri()));
    }

    @Override
    public void close() {
        clients.close();
    }

    @Override
    public String toString() {
        return "the object store's " + bucket.settings().shown();
    }
}
