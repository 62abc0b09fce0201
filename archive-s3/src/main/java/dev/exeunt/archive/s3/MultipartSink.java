package dev.exeunt.archive.s3;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveException.ArchiveFailureReason;
import dev.exeunt.archive.Archives;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Sends parts of 8 MiB as they fill up, or a single object where all of it is less. The store shows nothing until the end. */
final class MultipartSink implements Archives.Sink {

    static final int PART = 8 << 20;

    /** More parts than that no store takes. */
    private static final int MOST_PARTS = 10_000;

    private final S3Bucket bucket;
    private final String key;
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] buffer = new byte[64 << 10];
    private int filled;
    private long sent;
    private @Nullable String upload;
    private boolean finishing;
    private boolean kept;

    MultipartSink(S3Bucket bucket, String key) {
        this.bucket = bucket;
        this.key = key;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int done = 0;
        while (done < length) {
            if (filled == PART) {
                sendPart();
            }
            int piece = Math.min(length - done, PART - filled);
            reserve(filled + piece);
            System.arraycopy(bytes, offset + done, buffer, filled, piece);
            filled += piece;
            done += piece;
        }
    }

    /** Most exports are small, and should not take a whole part's memory. */
    private void reserve(int size) {
        if (size > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(PART, Math.max(size, 2 * buffer.length)));
        }
    }

    private void sendPart() {
        if (parts.size() == MOST_PARTS) {
            throw new ArchiveException(
                    ArchiveFailureReason.TOO_LARGE,
                    "The archive would be larger than " + (long) MOST_PARTS * PART
                            + " bytes, the most that can be stored." + " Nothing was kept.");
        }
        String id = upload == null ? begin() : upload;
        upload = id;
        int number = parts.size() + 1;
        parts.add(bucket.ask(
                S3Operation.STORE,
                s3 -> CompletedPart.builder()
                        .partNumber(number)
                        .eTag(s3.uploadPart(
                                        r -> r.bucket(bucket.name())
                                                .key(key)
                                                .uploadId(id)
                                                .partNumber(number)
                                                .contentMD5(md5()),
                                        body())
                                .eTag())
                        .build()));
        sent += filled;
        filled = 0;
    }

    private String begin() {
        CreateMultipartUploadRequest.Builder request =
                CreateMultipartUploadRequest.builder().bucket(bucket.name()).key(key);
        RequestEncryption.with(bucket.settings().encryption(), request::serverSideEncryption, request::ssekmsKeyId);
        return bucket.ask(S3Operation.STORE, s3 -> s3.createMultipartUpload(request.build()))
                .uploadId();
    }

    @Override
    public void keep() {
        String id = upload;
        if (id == null) {
            finishing = true;
            bucket.ask(S3Operation.STORE, this::storeAtOnce);
        } else {
            sendPart();
            finishing = true;
            complete(id);
        }
        kept = true;
    }

    private Object storeAtOnce(S3Client s3) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket.name()).key(key).contentMD5(md5());
        RequestEncryption.with(bucket.settings().encryption(), request::serverSideEncryption, request::ssekmsKeyId);
        return s3.putObject(request.build(), body());
    }

    /** An answer may be lost, and a second attempt then finds no upload any more: the object itself tells. */
    private void complete(String id) {
        try {
            bucket.ask(
                    S3Operation.STORE,
                    s3 -> s3.completeMultipartUpload(
                            r -> r.bucket(bucket.name()).key(key).uploadId(id).multipartUpload(m -> m.parts(parts))));
        } catch (ArchiveException e) {
            if (e.why() != ArchiveFailureReason.LOST || !isThere()) {
                throw e;
            }
        }
    }

    private boolean isThere() {
        try {
            return bucket.client()
                            .headObject(r -> r.bucket(bucket.name()).key(key))
                            .contentLength()
                    == sent;
        } catch (SdkException e) {
            return false;
        }
    }

    private RequestBody body() {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(buffer, 0, filled), filled, "application/octet-stream");
    }

    private String md5() {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(buffer, 0, filled);
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** The SDK does nothing in a thread that was interrupted, and this has to be done all the more. */
    @Override
    public void close() {
        if (kept) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (upload != null) {
                bucket.abort(MultipartUpload.builder().key(key).uploadId(upload).build());
            }
            if (finishing) {
                bucket.delete(key);
            }
        } catch (ArchiveException e) {
            // the store cannot be told; a sweep will find it
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
