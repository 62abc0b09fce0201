package dev.exeunt.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

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

    /**
     * Receives the bytes of one archive and keeps or discards them at the end. What fails is said as
     * {@link ArchiveException}.
     */
    interface Sink extends AutoCloseable {

        /**
         * Stores what the content writes into the sink, whole or not at all, and closes the sink.
         *
         * @return how many bytes were kept
         * @throws ArchiveException where the sink fails, or the content throws an IOException
         * @throws RuntimeException what the content throws
         */
        static long store(Sink sink, ArchiveContent content) {
            return SinkOutputStream.store(sink, content);
        }

        void write(byte[] bytes, int offset, int length);

        /** Everything was written, and stays. */
        void keep();

        /** Removes whatever was not kept, as far as the store lets itself be told. Throws nothing: what went wrong before matters. */
        @Override
        void close();
    }

    /**
     * Holds the file name and media type of an archive for the person who downloads it. Whatever the name is made of, it stays one:
     * nothing in it becomes a path, an option, a header or a line of its own.
     *
     * @param fileName never empty; characters that mean something to a file system or cannot be seen are replaced with {@code _}
     * @param mediaType {@code application/zip}, {@code application/json; charset=utf-8}
     */
    record Attachment(String fileName, String mediaType) {

        /** Those that file systems take for something else, and those that turn text around or cannot be seen. */
        private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}/\\\\:*?\"<>|]");

        private static final Pattern HIDDEN = Pattern.compile("^[.\\s-]+");
        private static final String TOKEN = "[A-Za-z0-9!#$&^_.+-]+";
        private static final Pattern TYPE =
                Pattern.compile(TOKEN + "/" + TOKEN + "( ?; ?" + TOKEN + "=" + TOKEN + ")*");
        private static final int LONGEST = 200;

        /** @throws IllegalArgumentException where the media type is none */
        public Attachment {
            if (!TYPE.matcher(mediaType).matches()) {
                throw new IllegalArgumentException("no media type");
            }
            fileName = safe(fileName);
        }

        private static String safe(String name) {
            String seen = HIDDEN.matcher(UNSAFE.matcher(name).replaceAll("_")).replaceFirst("_");
            String cut = seen.length() <= LONGEST ? seen : cut(seen);
            return cut.isBlank() ? "export" : cut.strip();
        }

        /** Keeps the end, by which programs know what it is, and no half of a character. */
        private static String cut(String name) {
            String end = name.substring(name.length() - LONGEST);
            return Character.isLowSurrogate(end.charAt(0)) ? end.substring(1) : end;
        }

        /** {@code Content-Disposition} (RFC 6266), for old readers in ASCII and for all others as it is. */
        public String contentDisposition() {
            String plain = fileName.replaceAll("[^\\x20-\\x7e]|[%;\"\\\\]", "_");
            String disposition = "attachment; filename=\"" + plain + "\"";
            return plain.equals(fileName) ? disposition : disposition + "; filename*=UTF-8''" + encoded(fileName);
        }

        /** RFC 8187: all but its attr-char as {@code %XX}. */
        private static String encoded(String text) {
            StringBuilder encoded = new StringBuilder();
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                char c = (char) (b & 0xff);
                boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "!#$&+-.^_`|~".indexOf(c) >= 0);
                encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
            }
            return encoded.toString();
        }

        /** Without the name, which may hold a person's key. */
        @Override
        public String toString() {
            return "Attachment[" + mediaType + "]";
        }
    }

    /**
     * Describes a wrong setting of an archive.
     *
     * @param setting which of the settings, by its plain word: {@code directory}, {@code bucket}, {@code endpoint}, …
     * @param sentence what is wrong, with the value, and what to do; never a secret
     */
    record SettingFault(String setting, String sentence) {

        @Override
        public String toString() {
            return setting + ": " + sentence;
        }
    }

    /**
     * Holds a range of an archive's bytes (RFC 9110, section 14).
     *
     * @param first counted from 0
     * @param length how many from there
     * @param size of the whole
     * @param partial whether a range was asked for, be it all there is: then the answer is a 206
     */
    record ByteRange(long first, long length, long size, boolean partial) {

        public ByteRange {
            if (first < 0 || length < 0 || first > size - length) {
                throw new IllegalArgumentException(length + " bytes from " + first + " of " + size);
            }
        }

        public static ByteRange whole(long size) {
            return new ByteRange(0, size, size, false);
        }

        /** {@code Content-Range} of a 206. */
        public String contentRange() {
            return "bytes " + first + "-" + (first + length - 1) + "/" + size;
        }
    }
}
