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
 * changes everything it says, or nothing. Who may see an export is decided by the person's key alone: anybody else's is
 * as one that never was.
 *
 * <p>Safe for use by several threads and instances at once.
 */
public interface ExportJobs {

    /**
     * Asks for an export. Whoever asks again while one is still to be made gets that one. The map's limit is for the person;
     * staff are not held to it, and do not use it up.
     *
     * @param format null for the map's
     * @param reason the staff's
     * @throws ExportRefusedException where it was asked for too often, or the erasure of the account has begun
     */
    ExportJob submit(String key, @Nullable BundleFormat format, Actor actor, @Nullable String reason);

    /**
     * Asks for an export, as {@link #submit(String, BundleFormat, Actor, String)}. One that arrives again with the same idempotency
     * key leads to the export that it has led to before, in whatever state that is.
     *
     * @throws dev.exeunt.request.RequestRefusedException where that key has led to something else than an export of that format
     */
    ExportJob submit(NewExport wish);

    /**
     * Hands the person's data over while it is read, as one JSON document, and keeps it nowhere: for an account that is small.
     * That it was asked for is remembered, and counts towards the limit like any other.
     *
     * @param most rows; with more of them it is refused, before anything is written or counted
     * @param sink asked for the stream once nothing stands in the way
     * @throws ExportRefusedException where there is too much, it was asked for too often, or the erasure of the account has begun
     */
    ExportSummary stream(String key, long most, ExportSink sink);

    ExportOverview status(String key);

    /** @throws ExportRefusedException where there is none, or it is somebody else's */
    ExportJob job(String key, UUID id);

    /**
     * Stops one that is not made yet.
     *
     * @throws ExportRefusedException where there is none, it is somebody else's, or over
     */
    ExportJob cancel(String key, UUID id, Actor actor, @Nullable String reason);

    /** As {@link #grantDownload(String, UUID, Actor)}, to the person. */
    DownloadGrant grantDownload(String key, UUID id);

    /**
     * The way to an archive, for as long as the map says a link is good, and never for longer than the archive is. Staff find it only
     * for exports that staff have asked for, and said why.
     *
     * @throws ExportRefusedException where there is none, it is somebody else's, not made yet, or its time is over
     */
    DownloadGrant grantDownload(String key, UUID id, Actor actor);

    /**
     * What one of our own links leads to. Link, person, clock and job are looked at each time, and not only by the clean-up.
     *
     * @throws DownloadLinkRefusedException where the link is not ours, or holds no longer
     * @throws ExportRefusedException where the export is gone
     */
    ArchiveDownload download(String token);

    /**
     * Makes one export, or goes on with what a worker left that is gone.
     *
     * @param worker a name that no other has at the same time
     * @return when it has to be tried again; empty where there is nothing left to do
     */
    Optional<Instant> runJob(UUID id, String worker);

    /** Removes what is over: archives whose time is up or whose owners are gone, and jobs nobody has to remember. */
    CleanupResult removeExpired();

    /** Removes what lies in the archive and belongs to no job, left by an instance that died. Looks at all of it. */
    Archives.SweepResult removeOrphans();

    /**
     * Holds the export settings, the signing key and how long jobs are remembered.
     *
     * @param settings the map's, or what the operator has put in their place
     * @param key by which links of our own are signed
     * @param remember how long after its end a job is still known
     */
    record ExportTerms(ExportSettings settings, HashKey key, TimeSpan remember) {

        /** What the operator gets who says nothing. */
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
        /** Asked once. The stream is flushed, and stays open. */
        OutputStream open(Attachment attachment) throws IOException;
    }
}
