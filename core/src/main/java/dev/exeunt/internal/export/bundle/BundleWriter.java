package dev.exeunt.internal.export.bundle;

import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.export.section.ExportSection;
import dev.exeunt.internal.export.section.ExtraSection;
import dev.exeunt.internal.export.section.SectionReader;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Packs export sections into one output format. Closed in any case, which ends its threads and removes its temporary files. */
public interface BundleWriter extends Closeable {

    /**
     * Called before the first section.
     *
     * @param rows left out since another present person holds the value by which they would be found, by the name of the section
     */
    void leftOut(List<ExportSummary.SectionRows> rows) throws IOException;

    /** Called once for each section, in order; returns its rows. */
    long add(SectionReader section) throws IOException;

    /** After the last section. Leaves the stream below open. */
    void finish() throws IOException;

    /**
     * Holds the format version, the creation time and the sections of an export bundle.
     *
     * @param schema version of the document's structure: digits, or a label of letters, digits, dots, dashes and underscores
     * @param generated when the snapshot was taken
     * @param additions behind the sections
     */
    record BundleHeader(String schema, Instant generated, List<ExportSection> sections, List<ExtraSection> additions) {
        public BundleHeader {
            sections = List.copyOf(sections);
            additions = List.copyOf(additions);
        }

        /** The version as JSON: a number, or the label as a text. */
        String schemaJson() {
            return Character.isDigit(schema.charAt(0)) ? schema : '"' + schema + '"';
        }
    }
}
