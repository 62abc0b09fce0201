package dev.exeunt.archive.s3;

import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives.SettingFault;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Tries everything that will be asked of the store, with a byte of its own. */
final class S3Check {

    private final S3Clients clients;
    private final S3Bucket bucket;
    private final String key;
    private final Set<SettingFault> faults = new LinkedHashSet<>();
    private boolean hopeless;

    S3Check(S3Clients clients, S3Bucket bucket) {
        this.clients = clients;
        this.bucket = bucket;
        this.key = bucket.key(ArchiveName.random(new SecureRandom()));
    }

    List<SettingFault> faults() {
        if (haveCredentials()) {
            tryOut(
                    S3Operation.LIST,
                    s3 -> s3.listObjectsV2(r -> r.bucket(bucket.name())
                            .prefix(bucket.settings().prefix())
                            .maxKeys(1)));
            tryOut(
                    S3Operation.LIST_UNFINISHED,
                    s3 -> s3.listMultipartUploads(
                            r -> r.bucket(bucket.name()).prefix(key).maxUploads(1)));
            if (tryOut(S3Operation.STORE, this::store)) {
                tryOut(
                        S3Operation.READ,
                        s3 -> s3.getObjectAsBytes(r -> r.bucket(bucket.name()).key(key)));
            }
            tryOut(
                    S3Operation.DELETE,
                    s3 -> s3.deleteObject(r -> r.bucket(bucket.name()).key(key)));
        }
        return List.copyOf(faults);
    }

    private boolean haveCredentials() {
        try {
            clients.credentials().resolveCredentials();
            return true;
        } catch (SdkClientException e) {
            faults.add(
                    new SettingFault(
                            "credentials",
                            "There are no credentials: neither in the settings, nor AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the"
                                    + " environment, nor a profile, nor a role of this container or machine. Give one of them."));
            return false;
        }
    }

    private void store(S3Client s3) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket.name()).key(key);
        RequestEncryption.with(bucket.settings().encryption(), request::serverSideEncryption, request::ssekmsKeyId);
        PutObjectResponse stored = s3.putObject(request.build(), RequestBody.fromBytes(new byte[1]));
        if (isVersion(stored.versionId())) {
            faults.add(new SettingFault(
                    "bucket",
                    "The " + bucket.settings().shown() + " keeps former versions: a deleted archive would stay in it."
                            + " Suspend its versioning, or name another bucket."));
        }
        if (bucket.settings().encryption().kind() != S3Settings.S3Encryption.EncryptionKind.NONE
                && stored.serverSideEncryption() == null) {
            faults.add(new SettingFault(
                    "encryption",
                    "The " + bucket.settings().shown()
                            + " does not encrypt as asked. Leave it out, or set it up there."));
        }
    }

    /** Stores without versions say nothing, or "null". */
    private static boolean isVersion(@Nullable String id) {
        return id != null && !id.isEmpty() && !id.equals("null");
    }

    /** Goes on after what is not permitted, since other things may not be either; gives up after all else. */
    private boolean tryOut(S3Operation act, Consumer<S3Client> request) {
        if (hopeless) {
            return false;
        }
        try {
            request.accept(clients.client());
            return true;
        } catch (SdkException e) {
            S3Failure failure = S3Failure.of(e, bucket.settings(), act);
            hopeless = !failure.isDenied();
            faults.add(failure.fault());
            return false;
        }
    }
}
