package dev.exeunt.archive.s3;

import dev.exeunt.archive.SettingFault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in which object store archives lie. Any text may be given; {@link #faults} says what of it will not do.
 *
 * @param bucket that exists
 * @param prefix of every object's key, {@code exports/} with or without the slash; empty for none. Each database needs a bucket
 *     or a prefix of its own
 * @param credentials null for the SDK's default chain: environment, profile, the role of the container or machine
 */
public record S3Settings(
        String bucket,
        String prefix,
        Place place,
        Encryption encryption,
        @Nullable Credentials credentials,
        Timeouts timeouts) {

    public S3Settings {
        prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /** All that is wrong with the settings as they are written, without trying them; empty where nothing is. */
    public List<SettingFault> faults() {
        return new SettingsCheck(this).faults();
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
     * @param endpoint {@code https://minio.example.org:9000}; null for Amazon's own
     * @param downloads the same store as those reach it who download; null where that is the endpoint
     * @param region null where the environment names one, or the endpoint does not care
     * @param pathStyle whether the bucket is in the path instead of the host's name, as most stores but Amazon's want it
     */
    public record Place(
            @Nullable URI endpoint,
            @Nullable URI downloads,
            @Nullable String region,
            boolean pathStyle) {}

    /**
     * What the store encrypts objects with.
     *
     * @param keyId of {@link Kind#KMS}; null for the account's own key
     */
    public record Encryption(Kind kind, @Nullable String keyId) {

        /** Whatever the bucket does of itself. */
        public static final Encryption NONE = new Encryption(Kind.NONE, null);

        public enum Kind {
            /** nothing is asked for */
            NONE,
            /** {@code AES256}: keys of the store */
            AES256,
            /** {@code aws:kms}: a key of a key management service */
            KMS
        }
    }

    /** @param sessionToken of temporary ones */
    public record Credentials(
            String accessKey, String secretKey, @Nullable String sessionToken) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Credentials[" + accessKey + "]";
        }
    }

    /**
     * How long a store may take. Three attempts are made of everything.
     *
     * @param connect to a connection
     * @param read to the next byte
     * @param request to the end of one request, which sends or receives 8 MiB at most. The bytes of a download are not counted
     */
    public record Timeouts(Duration connect, Duration read, Duration request) {

        /** 5 seconds, 30 seconds, 2 minutes. */
        public static final Timeouts USUAL =
                new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2));
    }
}
