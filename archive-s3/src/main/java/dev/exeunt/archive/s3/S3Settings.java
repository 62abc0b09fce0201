package dev.exeunt.archive.s3;

import dev.exeunt.archive.Archives.SettingFault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says in which object store archives lie, and where in it. Any text may be given; {@link #faults} lists what is wrong with it.
 *
 * @param bucket the name of a bucket that exists
 * @param prefix the beginning of every object's key, {@code exports/} with or without the slash; empty for none. Each database needs a bucket
 *     or a prefix of its own
 * @param credentials null for the SDK's default chain: environment, profile, the role of the container or machine
 */
public record S3Settings(
        String bucket,
        String prefix,
        S3Location place,
        S3Encryption encryption,
        @Nullable S3Credentials credentials,
        S3Timeouts timeouts) {

    public S3Settings {
        prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /** Returns all faults of the settings as they are written, without calling the store; empty where there are none. */
    public List<SettingFault> faults() {
        return new S3SettingsCheck(this).faults();
    }

    /** {@code bucket exports at https://minio.example.org}, without secrets. */
    public String shown() {
        return "bucket " + bucket
                + (place.endpoint() == null
                        ? " in " + (place.region() == null ? "the region of the environment" : place.region())
                        : " at " + place.endpoint());
    }

    @Override
    public String toString() {
        return shown();
    }

    /**
     * Holds the endpoint, download address, region and addressing style of an object store.
     *
     * @param endpoint {@code https://minio.example.org:9000}; null for Amazon's own
     * @param downloads the address of the same store for those who download; null where that is the endpoint
     * @param region null where the environment names one, or the endpoint does not care
     * @param pathStyle whether the bucket is in the path instead of the host's name, as most stores but Amazon's want it
     */
    public record S3Location(
            @Nullable URI endpoint,
            @Nullable URI downloads,
            @Nullable String region,
            boolean pathStyle) {}

    /**
     * Selects how the object store encrypts objects.
     *
     * @param keyId of {@link EncryptionKind#KMS}; null for the account's own key
     */
    public record S3Encryption(
            EncryptionKind kind, @Nullable String keyId) {

        /** Whatever the bucket does of itself. */
        public static final S3Encryption NONE = new S3Encryption(EncryptionKind.NONE, null);

        /** Lists the kinds of server-side encryption that an object store can be asked for. */
        public enum EncryptionKind {
            /** nothing is asked for */
            NONE,
            /** {@code AES256}: keys of the store */
            AES256,
            /** {@code aws:kms}: a key of a key management service */
            KMS
        }
    }

    /**
     * Holds the access key, secret key and optional session token for an object store.
     *
     * @param sessionToken of temporary ones
     */
    public record S3Credentials(
            String accessKey, String secretKey, @Nullable String sessionToken) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "S3Credentials[" + accessKey + "]";
        }
    }

    /**
     * Limits how long connecting, reading and one request to the object store may take. Three attempts are made of
     * everything.
     *
     * @param connect to a connection
     * @param read to the next byte
     * @param request to the end of one request, which sends or receives 8 MiB at most. The bytes of a download are not counted
     */
    public record S3Timeouts(Duration connect, Duration read, Duration request) {

        /** 5 seconds, 30 seconds, 2 minutes. */
        public static final S3Timeouts USUAL =
                new S3Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2));
    }
}
