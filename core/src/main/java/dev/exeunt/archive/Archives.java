package dev.exeunt.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Stores finished exports until they expire. Safe for any number of threads and instances; memory is flat whatever their
 * size.
 *
 * <pre>{@code
 * Archives archives = new DirectoryArchives(Path.of("/var/lib/exports"));
 * archives.check().forEach(System.out::println); // nothing where the directory can be used
 * }</pre>
 *
 * <p>A worker chooses a {@linkplain ArchiveName#random random name} and records it in the database <em>before</em> it stores anything
 * under it. A worker that takes over from one that died records another name, and deletes what lies under the old one. That also
 * stops the first worker, should it still run. What it stores later belongs to no job, and {@link #sweep} removes it.
 *
 * <p>One directory, or bucket and prefix, belongs to one database: {@link #sweep} takes what is not known there for forgotten.
 */
public interface Archives extends AutoCloseable {

    /**
     * Stores what the content writes, whole or not at all: until this returns nothing can be opened, and where it throws nothing
     * is left, except by a store that could not be told; {@link #delete} and {@link #sweep} remove that.
     *
     * @param name that nothing was stored under before
     * @return how many bytes
     * @throws ArchiveException where the store fails, the name is taken, or the content throws an IOException
     * @throws RuntimeException what the content throws, unless it was the store that made it
     */
    long put(ArchiveName name, ArchiveContent content);

    /**
     * Returns a stream of the range, which the caller closes. Should the transfer break, the stream throws an IOException; it never
     * ends early.
     *
     * @param range of the size that {@link #put} returned
     * @throws ArchiveException {@link ArchiveException.ArchiveFailureReason#ABSENT} where nothing is stored under the name,
     *     {@link ArchiveException.ArchiveFailureReason#DAMAGED} where it has another size
     */
    InputStream open(ArchiveName name, ByteRange range);

    /** Removes what is stored under the name, finished or not. Removing what is not there is fine. */
    void delete(ArchiveName name);

    /**
     * Removes archives that no job knows, and what an instance that died left of them. Files and objects that Exeunt cannot have
     * made are left alone.
     *
     * @param before what was written to since is left alone
     * @param known given at most 1,000 names, returns those that a job has, in whatever state; the others go
     */
    SweepResult sweep(Instant before, UnaryOperator<Set<ArchiveName>> known);

    /**
     * Tries everything that will be needed: to store, read, list and delete. Makes the directory where there is none.
     *
     * @return what is wrong, all of it; empty where nothing is
     */
    List<SettingFault> check();

    /**
     * Returns an address at which the store itself hands the archive over, valid for the time that is left, rounded down to seconds.
     * Empty where the store has no addresses: then Exeunt makes a link of its own, and reads the archive by {@link #open}.
     *
     * @throws ArchiveException {@link ArchiveException.ArchiveFailureReason#EXPIRED} where less than a second is left
     */
    Optional<URI> handOver(ArchiveName name, Attachment attachment, Duration left);

    @Override
    void close();

    /** Writes the bytes of one archive into a stream. */
    @FunctionalInterface
    interface ArchiveContent {
        /** Writes all of it. May close the stream, which stores nothing by itself; must not keep it. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Counts the archives and unfinished uploads that a sweep removed.
     *
     * @param archives whole ones
     * @param unfinished what was left of others
     */
    record SweepResult(int archives, int unfinished) {}
}
