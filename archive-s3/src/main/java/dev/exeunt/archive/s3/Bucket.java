package dev.exeunt.archive.s3;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ObjectName;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The bucket and prefix, and how it is asked: whatever fails is said as {@link ArchiveException}. */
record Bucket(S3Client client, S3Settings settings) {

    /** @throws ArchiveException instead of what the SDK throws */
    <T> T ask(Act act, Function<S3Client, T> request) {
        try {
            return request.apply(client);
        } catch (SdkException e) {
            throw StoreFailure.of(e, settings, act).exception();
        }
    }

    String name() {
        return settings.bucket();
    }

    String key(ObjectName name) {
        return settings.prefix() + name.text();
    }

    /** Whether a key is one of ours. */
    boolean isKey(String key) {
        return key.startsWith(settings.prefix())
                && ObjectName.is(key.substring(settings.prefix().length()));
    }

    /** @param key one of ours */
    ObjectName nameOf(String key) {
        return new ObjectName(key.substring(settings.prefix().length()));
    }

    void delete(String key) {
        ask(Act.DELETE, s3 -> s3.deleteObject(r -> r.bucket(name()).key(key)));
    }

    /** @param prefix of a key */
    Iterable<MultipartUpload> unfinished(String prefix) {
        ListMultipartUploadsRequest request = ListMultipartUploadsRequest.builder()
                .bucket(name())
                .prefix(prefix)
                .build();
        return client.listMultipartUploadsPaginator(request).uploads();
    }

    void abort(MultipartUpload upload) {
        ask(Act.DELETE, s3 -> {
            try {
                return s3.abortMultipartUpload(
                        r -> r.bucket(name()).key(upload.key()).uploadId(upload.uploadId()));
            } catch (NoSuchUploadException e) {
                return "somebody was faster";
            } catch (S3Exception e) {
                if (e.statusCode() == 404) {
                    return "somebody was faster";
                }
                throw e;
            }
        });
    }
}
