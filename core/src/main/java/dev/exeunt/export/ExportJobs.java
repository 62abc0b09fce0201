package dev.exeunt.export;

import dev.exeunt.HashKey;
import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Archives.Attachment;
import dev.exeunt.archive.Archives.ByteRange;
import dev.exeunt.map.DataMap.TableWords;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.map.TimeSpan;
import dev.exeunt.request.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Requests, tracks, cancels and delivers exports that workers make in the background. Each call is one transaction that
 * changes everything it says, or nothing. Exeunt finds exports by
 * the person's key. Another person's export is reported as not found.
 *
 * <pre>{@code
 * ExportJobs exports = exeunt.exports(
 *         map,
 *         new DirectoryArchives(Path.of("/var/lib/exports")),
 *         new ExportJobs.ExportTerms(map.export(), key, ExportJobs.ExportTerms.REMEMBER));
 * ExportJob job = exports.submit("42", BundleFormat.ZIP, Actor.SELF, null);
 * exports.runJob(job.id(), "worker-1"); // a BackgroundWorker does this by itself
 * ExportJobs.Download archive = exports.download(exports.grantDownload("42", job.id()).token());
 * try (InputStream in = archive.open(Archives.ByteRange.whole(archive.bytes()))) {
 *     in.transferTo(out);
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads and instances at once.
 */
public interface ExportJobs {

    /**
     * Requests an export. A repeated request returns the job that is still to be made. The map's limit counts the person's requests,
     * not those of staff.
     *
     * @param format null for the map's
     * @param reason the staff's
     * @throws ExportRefusedException where it was requested too often, or the erasure of the account has begun
     */
    ExportJob submit(String key, @Nullable BundleFormat format, Actor actor, @Nullable String reason);

    /**
     * Requests an export, as {@link #submit(String, BundleFormat, Actor, String)}. A repeated request with the same idempotency key
     * returns the job of the first, in whatever state it is.
     *
     * @throws ExportRefusedException also where a chosen section is unknown; the message names those that there are
     * @throws dev.exeunt.request.RequestRefusedException where the key belongs to another kind of request, or to another format or choice
     *     of sections
     */
    ExportJob submit(NewExport wish);

    /**
     * Writes a small account's data as one JSON document while it is read, and stores it nowhere. The request is recorded and counts
     * towards the limit.
     *
     * @param most rows; with more of them it is refused, before anything is written or counted
     * @param sink asked for the stream once nothing stands in the way
     * @throws ExportRefusedException where there is too much, it was requested too often, or the erasure of the account has begun
     */
    ExportSummary stream(String key, long most, ExportSink sink);

    /** Returns the person's export jobs, and from when on they may request another. */
    Overview status(String key);

    /**
     * Returns one export of the person.
     *
     * @throws ExportRefusedException where there is none, or it is another person's
     */
    ExportJob job(String key, UUID id);

    /**
     * Cancels an export that is not made yet.
     *
     * @throws ExportRefusedException where there is none, it is another person's, or over
     */
    ExportJob cancel(String key, UUID id, Actor actor, @Nullable String reason);

    /** As {@link #grantDownload(String, UUID, Actor)}, to the person. */
    DownloadGrant grantDownload(String key, UUID id);

    /**
     * Returns access to an archive for as long as the map lets a link hold, and never longer than the archive exists. Staff get it only
     * for exports that staff requested with a reason.
     *
     * @throws ExportRefusedException where there is none, it is another person's, not made yet, or expired
     */
    DownloadGrant grantDownload(String key, UUID id, Actor actor);

    /**
     * Opens the archive of one of our own links. Every call checks the link, the person, the expiry and the job.
     *
     * @throws ExportRefusedException where the link is not ours or has expired, or the export is gone
     */
    Download download(String token);

    /**
     * Submits the exports that people asked for in SQL.
     *
     * @return how many were accepted or refused
     * @throws dev.exeunt.ExeuntException of the first that failed, once all others are done
     */
    int carryOutSqlRequests();

    /**
     * Makes one export, or continues one whose worker died.
     *
     * @param worker a name that no other worker has at the same time
     * @return when it has to be tried again; empty where there is nothing left to do
     */
    Optional<Instant> runJob(UUID id, String worker);

    /** Removes expired archives, archives of erased people, and jobs that need not be remembered any longer. */
    CleanupResult removeExpired();

    /** Removes everything in the archive that belongs to no job, such as what an instance left that died. */
    Archives.SweepResult removeOrphans();

    /**
     * Holds the export settings, the signing key and how long jobs are remembered.
     *
     * @param settings the map's, or the operator's in their place
     * @param key signs our own links
     * @param remember how long after its end a job is still known
     */
    record ExportTerms(ExportSettings settings, HashKey key, TimeSpan remember) {

        /** The default. */
        public static final TimeSpan REMEMBER = TimeSpan.days(90);
    }

    /**
     * Counts what one clean-up expired, removed and deleted.
     *
     * @param expired exports whose time was over
     * @param archives that were removed, theirs and those of failed, cancelled and erased ones
     * @param forgotten jobs
     */
    record CleanupResult(int expired, int archives, int forgotten) {}

    /** Opens the output stream that a streamed export is written to. */
    @FunctionalInterface
    interface ExportSink {
        /** Called once. The stream is flushed, and stays open. */
        OutputStream open(Attachment attachment) throws IOException;
    }

    /**
     * Lists a person's export jobs and says when the person may request another.
     *
     * @param jobs those that are remembered, the latest first
     * @param nextAllowedAt from when on another may be asked for; null where it may now
     * @param sections of which {@link NewExport#chosenSections()} may name some, in the order of the map
     */
    record Overview(List<ExportJob> jobs, @Nullable Instant nextAllowedAt, List<ExportChoice> sections) {
        public Overview {
            jobs = List.copyOf(jobs);
            sections = List.copyOf(sections);
        }
    }

    /**
     * Describes a section that a person may choose.
     *
     * @param words what the map tells people about it
     */
    record ExportChoice(String name, TableWords words) {}

    /** Gives an authorized caller the stored archive to read, in whole or by range. */
    final class Download {

        private final Archives archives;
        private final ArchiveName name;
        private final UUID export;
        private final Attachment attachment;
        private final long bytes;

        /** @param job one that is done, and whose archive is there */
        public Download(Archives archives, ArchiveName name, ExportJob job, Attachment attachment) {
            this.archives = archives;
            this.name = name;
            this.export = job.id();
            this.attachment = attachment;
            this.bytes = Objects.requireNonNull(job.bytes(), "bytes");
        }

        /** Of the export; what a reader may tell two versions apart by. */
        public UUID export() {
            return export;
        }

        public Attachment attachment() {
            return attachment;
        }

        public long bytes() {
            return bytes;
        }

        /** To be closed by the caller. */
        public InputStream open(ByteRange range) {
            return archives.open(name, range);
        }
    }

    /**
     * Gives access to a finished archive: by an address of the store or by our signed token.
     *
     * @param store an address of the store's own, signed by it
     * @param token of a link of our own, for {@link ExportJobs#download}
     * @param until how long either is good for
     */
    record DownloadGrant(
            @Nullable URI store, @Nullable String token, Instant until, Attachment attachment, long bytes) {

        /** Without the address and the token: either of them opens the archive. */
        @Override
        public String toString() {
            return "DownloadGrant[until=" + until + ", bytes=" + bytes + "]";
        }
    }

    /**
     * Describes an export to ask for.
     *
     * @param key the person's, or an identifier of theirs
     * @param format null for the map's
     * @param actor who asks: the person, or staff in their name
     * @param reason the staff's
     * @param idempotencyKey by which the same wish is known when it arrives again; null where the caller gave none
     * @param chosenSections the names of the only sections that it holds; empty for all
     */
    record NewExport(
            String key,
            @Nullable BundleFormat format,
            Actor actor,
            @Nullable String reason,
            @Nullable String idempotencyKey,
            List<String> chosenSections) {

        public NewExport {
            chosenSections = List.copyOf(chosenSections);
        }

        /** Without key and reason. */
        @Override
        public String toString() {
            return "NewExport[" + (format == null ? "" : format) + "]";
        }
    }
}
