package dev.exeunt.archive.s3;

import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives.SweepResult;
import dev.exeunt.support.archive.OrphanCollector;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Removes objects and unfinished uploads that belong to no export job and are old enough. */
final class S3Sweep {

    private final S3Bucket bucket;
    private final Instant before;
    private final UnaryOperator<Set<ArchiveName>> known;
    private int removed;

    S3Sweep(S3Bucket bucket, Instant before, UnaryOperator<Set<ArchiveName>> known) {
        this.bucket = bucket;
        this.before = before;
        this.known = known;
    }

    SweepResult run() {
        int objects = bucket.ask(S3Operation.LIST, s3 -> objects());
        int uploads = bucket.ask(S3Operation.LIST_UNFINISHED, s3 -> uploads());
        return new SweepResult(objects, uploads);
    }

    private int objects() {
        String prefix = bucket.settings().prefix();
        OrphanCollector<String> found = new OrphanCollector<>(known);
        for (S3Object object : bucket.client()
                .listObjectsV2Paginator(r -> r.bucket(bucket.name()).prefix(prefix))
                .contents()) {
            if (isOurs(object.key(), object.lastModified())) {
                found.add(bucket.nameOf(object.key()), object.key());
            }
            removeWhereFull(found, bucket::delete);
        }
        return removeRest(found, bucket::delete);
    }

    private int uploads() {
        OrphanCollector<MultipartUpload> found = new OrphanCollector<>(known);
        for (MultipartUpload upload : bucket.unfinished(bucket.settings().prefix())) {
            if (isOurs(upload.key(), upload.initiated())) {
                found.add(bucket.nameOf(upload.key()), upload);
            }
            removeWhereFull(found, bucket::abort);
        }
        return removeRest(found, bucket::abort);
    }

    private boolean isOurs(String key, Instant since) {
        return bucket.isKey(key) && since.isBefore(before);
    }

    private <T> void removeWhereFull(OrphanCollector<T> found, Consumer<T> remove) {
        if (found.isFull()) {
            remove(found, remove);
        }
    }

    private <T> int removeRest(OrphanCollector<T> found, Consumer<T> remove) {
        remove(found, remove);
        int all = removed;
        removed = 0;
        return all;
    }

    private <T> void remove(OrphanCollector<T> found, Consumer<T> remove) {
        for (T forgotten : found.take()) {
            remove.accept(forgotten);
            removed++;
        }
    }
}
