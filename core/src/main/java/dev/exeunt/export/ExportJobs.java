package dev.exeunt.export;

import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Attachment;
import dev.exeunt.archive.DownloadLinkRefusedException;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.map.TimeSpan;
import dev.exeunt.request.Actor;
import dev.exeunt.security.HashKey;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
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
 * ArchiveDownload archive = exports.download(exports.grantDownload("42", job.id()).token());
 * try (InputStream in = archive.open(ByteRange.whole(archive.bytes()))) {
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
     * @throws dev.exeunt.request.RequestRefusedException where the key belongs to another kind of request or to another format
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
    ExportOverview status(String key);

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
     * @throws DownloadLinkRefusedException where the link is not ours, or holds no longer
     * @throws ExportRefusedException where the export is gone
     */
    ArchiveDownload download(String token);

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
}
