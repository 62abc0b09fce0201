package dev.exeunt.internal.export.bundle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists the files that rows name: where they are in the bundle, or why they are left out. */
public final class FileListing {

    /** For a bundle whose rows name no files. */
    static final FileListing NONE = new FileListing();

    private final List<ListedFile> files = new ArrayList<>();
    private final Map<NamingColumn, Map<LeftOutReason, Long>> leftOut = new LinkedHashMap<>();
    private final Set<NamingColumn> unlisted = new HashSet<>();
    private final Map<String, Long> written = new LinkedHashMap<>();

    /** A column that names files, in a section of the export. */
    public record NamingColumn(String section, String column) {}

    /** Says why a file is not in the bundle. */
    public enum LeftOutReason {
        /** the store has no file of that name */
        MISSING("missing", "not found"),
        /** the value is no name of a file of that store */
        REFUSED("refused", "not read, since the name leads to no plain file of the service's store"),
        /** the service's role may not read the large object */
        FORBIDDEN("forbidden", "not read, since the service's role may not read the large object"),
        /** the file is larger than the limit for each */
        TOO_LARGE("too-large", "too large"),
        /** as many files, or bytes, as an export may have are in it already */
        OVER_LIMIT("over-limit", "left out, since an export holds only so many");

        private final String word;
        private final String sentence;

        LeftOutReason(String word, String sentence) {
            this.word = word;
            this.sentence = sentence;
        }

        String word() {
            return word;
        }
    }

    /**
     * A file of the bundle.
     *
     * @param path its place in the bundle
     * @param bytes its size
     * @param picture its type, such as {@code image/png}; null where it is no picture that each browser shows
     */
    public record BundledFile(
            String path, long bytes, @Nullable String picture) {}

    /**
     * A value that names a file.
     *
     * @param file null where it is left out
     * @param why null where it is there
     */
    record ListedFile(
            NamingColumn column,
            String value,
            @Nullable BundledFile file,
            @Nullable LeftOutReason why) {

        LeftOutReason reason() {
            return Objects.requireNonNull(why, "a file that is left out has a reason");
        }
    }

    /** Adds a file of the bundle. */
    public void add(NamingColumn column, String value, BundledFile file) {
        files.add(new ListedFile(column, value, file, null));
        written.merge(column.section(), 1L, Long::sum);
    }

    /** Adds a file that is left out. */
    public void leaveOut(NamingColumn column, String value, LeftOutReason reason) {
        files.add(new ListedFile(column, value, null, reason));
        count(column, reason, 1);
    }

    /** Counts files over the limit whose values are not listed, since there are too many. */
    public void countUnlisted(NamingColumn column, long more) {
        if (more > 0) {
            unlisted.add(column);
            count(column, LeftOutReason.OVER_LIMIT, more);
        }
    }

    /** Counts files that are left out. */
    public void count(NamingColumn column, LeftOutReason reason, long more) {
        leftOut.computeIfAbsent(column, c -> new EnumMap<>(LeftOutReason.class)).merge(reason, more, Long::sum);
    }

    /** Says whether a value of the column that is not listed may name a file, too. */
    boolean hasUnlisted(NamingColumn column) {
        return unlisted.contains(column);
    }

    /** Returns how many files of the section the bundle has. */
    public long written(String section) {
        return written.getOrDefault(section, 0L);
    }

    /** Returns how many files the bundle has. */
    public long written() {
        return written.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns how many files are left out, for whatever reason. */
    public long missing() {
        return leftOut().values().stream().mapToLong(Long::longValue).sum();
    }

    boolean isEmpty() {
        return files.isEmpty() && leftOut.isEmpty();
    }

    List<ListedFile> files() {
        return List.copyOf(files);
    }

    /** Returns the sections of which values are listed, in order. */
    List<String> sections() {
        return files.stream().map(f -> f.column().section()).distinct().toList();
    }

    List<ListedFile> files(String section) {
        return files.stream().filter(f -> f.column().section().equals(section)).toList();
    }

    Map<LeftOutReason, Long> leftOut() {
        Map<LeftOutReason, Long> all = new EnumMap<>(LeftOutReason.class);
        leftOut.values().forEach(of -> of.forEach((reason, count) -> all.merge(reason, count, Long::sum)));
        return all;
    }

    List<String> filesBySection() {
        return written.entrySet().stream()
                .map(of -> "files/" + of.getKey() + " (" + count(of.getValue()) + ")")
                .toList();
    }

    List<String> leftOutByColumn() {
        List<String> lines = new ArrayList<>();
        leftOut.forEach((column, of) -> of.forEach((reason, count) -> lines.add(
                column.section() + ": " + count(count) + " named by " + column.column() + ": " + reason.sentence)));
        return lines;
    }

    private static String count(long files) {
        return files == 1 ? "1 file" : files + " files";
    }
}
