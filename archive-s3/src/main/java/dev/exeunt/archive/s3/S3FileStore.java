package dev.exeunt.archive.s3;

import dev.exeunt.ExeuntException;
import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.s3.S3Settings.S3Credentials;
import dev.exeunt.archive.s3.S3Settings.S3Encryption;
import dev.exeunt.archive.s3.S3Settings.S3Location;
import dev.exeunt.archive.s3.S3Settings.S3Timeouts;
import dev.exeunt.map.DataMap.FileState;
import dev.exeunt.map.DataMap.FileStore;
import dev.exeunt.map.DataMap.StoredFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Finds files that rows name as objects of a bucket: the key is the prefix and the name. A bucket that keeps versions keeps those of a
 * deleted file.
 *
 * <pre>{@code
 * FileStore uploads = S3FileStore.at("s3://shop-uploads/avatars/", new S3Location(null, null, "eu-central-1", false), null);
 * Exeunt.builder(database).fileStore("uploads", uploads);
 * }</pre>
 */
public final class S3FileStore implements FileStore {

    private static final String SCHEME = "s3://";
    private static final Pattern LOCATION = Pattern.compile("s3://([^/]+)/?(.*)");

    private final S3Clients clients;
    private final S3Bucket bucket;

    private S3FileStore(S3Clients clients, S3Settings settings) {
        this.clients = clients;
        this.bucket = new S3Bucket(clients.client(), settings);
    }

    /** Returns whether the location is one of a bucket. */
    public static boolean isLocation(String location) {
        return location.startsWith(SCHEME);
    }

    /**
     * Returns the store of a location. It calls the object store only when it is used.
     *
     * @param location {@code s3://BUCKET/PREFIX}
     * @param place where the object store is
     * @param credentials null for those of the environment
     * @throws ExeuntException with all that is wrong with it, or where no region is named anywhere
     */
    public static S3FileStore at(String location, S3Location place, @Nullable S3Credentials credentials) {
        Matcher parts = LOCATION.matcher(location);
        if (!parts.matches()) {
            throw new ExeuntException("'" + location + "' is no location of a bucket. One is s3://uploads/avatars/");
        }
        S3Settings settings =
                new S3Settings(parts.group(1), parts.group(2), place, S3Encryption.NONE, credentials, S3Timeouts.USUAL);
        String withoutRegion = "No region is named, neither in the settings nor in the environment. Set AWS_REGION.";
        return new S3FileStore(S3Clients.checked(settings, withoutRegion), settings);
    }

    @Override
    public StoredFile open(String name) throws IOException {
        Optional<ResponseInputStream<GetObjectResponse>> found = ask(S3Operation.READ, s3 -> object(s3, key(name)));
        if (found.isEmpty()) {
            return StoredFile.absent(FileState.MISSING);
        }
        long bytes = found.get().response().contentLength();
        return new StoredFile(FileState.PRESENT, bytes, new S3InputStream(found.get(), bytes));
    }

    @Override
    public FileState delete(String name) throws IOException {
        String key = key(name);
        // of all keys that begin so, the key itself comes first; where the bucket is gone, this fails and HEAD would
        // not
        boolean there = ask(
                S3Operation.LIST,
                s3 -> s3.listObjectsV2(r -> r.bucket(bucket.name()).prefix(key).maxKeys(1)).contents().stream()
                        .anyMatch(object -> object.key().equals(key)));
        if (!there) {
            return FileState.MISSING;
        }
        ask(
                S3Operation.DELETE,
                s3 -> s3.deleteObject(r -> r.bucket(bucket.name()).key(key)));
        return FileState.PRESENT;
    }

    @Override
    public List<String> faults() {
        try {
            bucket.ask(
                    S3Operation.LIST,
                    s3 -> s3.listObjectsV2(r -> r.bucket(bucket.name())
                            .prefix(bucket.settings().prefix())
                            .maxKeys(1)));
            return List.of();
        } catch (ArchiveException e) {
            return List.of(e.getMessage());
        }
    }

    @Override
    public void close() {
        clients.close();
    }

    @Override
    public String toString() {
        return "the object store's " + bucket.settings().shown();
    }

    private String key(String name) {
        return bucket.settings().prefix() + name;
    }

    /** Returns nothing where the bucket has no such object. That there is no such bucket is a failure. */
    private Optional<ResponseInputStream<GetObjectResponse>> object(S3Client s3, String key) {
        try {
            return Optional.of(s3.getObject(r -> r.bucket(bucket.name()).key(key)));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /** What the object store says may hold the name, so it is not passed on. */
    private <T> T ask(S3Operation operation, Function<S3Client, T> request) throws IOException {
        try {
            return bucket.ask(operation, request);
        } catch (ArchiveException e) {
            throw new IOException("the object store failed: " + e.why());
        }
    }
}
