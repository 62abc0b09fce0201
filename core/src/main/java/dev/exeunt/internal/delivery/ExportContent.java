package dev.exeunt.internal.delivery;

import dev.exeunt.map.ExportSettings.BundleFormat;
import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what an export is to hold, and in which format.
 *
 * @param sections the names of the only sections; empty for all
 */
record ExportContent(BundleFormat format, List<String> sections) {

    ExportContent {
        sections = List.copyOf(sections);
    }

    static ExportContent all(BundleFormat format) {
        return new ExportContent(format, List.of());
    }

    String[] names() {
        return sections.toArray(String[]::new);
    }

    /** Reads the sections from the table, which has NULL for all of them. */
    static List<String> read(@Nullable Array stored) throws SQLException {
        return stored == null ? List.of() : List.of((String[]) stored.getArray());
    }
}
