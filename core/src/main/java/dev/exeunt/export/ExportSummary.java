package dev.exeunt.export;

import dev.exeunt.map.ExportSettings.BundleFormat;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what an export wrote. The name of the file may hold the subject's key, as the map's {@code export:
 * name} says: show it to the user, and do not log it.
 *
 * @param file absolute; null where the export went into a stream
 * @param bytes of the file, or written into the stream
 * @param sections in the order of the map
 * @param shared rows that were left out since another present person holds the value by which they would be found; those of the
 *     sections that have some
 * @param files how many files that rows name are in the export; 0 for JSON, which holds none
 * @param filesLeftOut how many files that rows name are missing, refused or over a limit; 0 for JSON
 */
public record ExportSummary(
        @Nullable Path file,
        BundleFormat format,
        long bytes,
        List<SectionRows> sections,
        List<SectionRows> shared,
        long files,
        long filesLeftOut) {

    public ExportSummary {
        sections = List.copyOf(sections);
        shared = List.copyOf(shared);
    }

    /** Rows of all sections. */
    public long rows() {
        return sections.stream().mapToLong(SectionRows::rows).sum();
    }

    public ExportSummary in(Path path) {
        return new ExportSummary(path, format, bytes, sections, shared, files, filesLeftOut);
    }

    /** Without the file's name. */
    @Override
    public String toString() {
        return "ExportSummary[" + format + ", " + bytes + " bytes, " + sections + "]";
    }

    /** A section and how many rows are in it. */
    public record SectionRows(String name, long rows) {}
}
