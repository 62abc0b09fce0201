package dev.exeunt.archive.s3;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveName;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Sends requests to one bucket and prefix, and turns failures into ArchiveException. */
record S3Bucket(S3Client client, S3Settings settings) {

    /** @throws ArchiveException instead of what the SDK throws */
    <T> T ask(S3Operation act, Function<S3Client, T> request) {
        try {
            return request.apply(client);
        } catch (SdkException e) {
            throw S3Failure.of(e, settings, act).exception();
        }
    }

    String name() {
        return settings.bucket();
    }

    String key(ArchiveName name) {
        return settings.prefix() + name.text();
    }

    /** Whether a key is one of ours. */
    boolean isKey(String key) {
        return key.startsWith(settings.prefix())
                && ArchiveName.is(key.substring(settings.prefix().length()));
    }

    /** @param key one of ours */
    ArchiveName nameOf(String key) {
        return new ArchiveName(key.substring(settings.prefix().length()));
    }

    void delete(String key) {
        ask(S3Operation.DELETE, s3 -> s3.deleteObject(r -> r.bucket(name()).key(key)));
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
        ask(S3Operation.DELETE, s3 -> {
            try {
                return s3.abortMultipartUpload(
                        r -> r.bucket(name()).key(upload.key()).uploadId(upload.uploadId()));
            } catch (NoSuchUploadException e) {
                return "another worker was faster";
            } catch (S3Exception e) {
                if (e.statusCode() == 404) {
                    return "another worker was faster";
                }
                throw e;
            }
        });
    }
}
