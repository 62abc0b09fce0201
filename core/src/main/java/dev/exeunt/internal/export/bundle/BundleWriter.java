package dev.exeunt.internal.export.bundle;

import dev.exeunt.ExeuntException;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.export.section.ExportSection;
import dev.exeunt.internal.export.section.ExportSections;
import dev.exeunt.internal.export.section.ExtraSection;
import dev.exeunt.internal.export.section.SectionReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

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

    /** Returns whether the format holds the files that rows name. */
    default boolean holdsFiles() {
        return false;
    }

    /**
     * Adds a file that rows name, after the last section. Called only where the format holds files.
     *
     * @param name the place in the bundle
     * @param bytes how much of the content is taken at most
     * @return how many bytes the content had
     */
    default long addFile(String name, InputStream content, long bytes) throws IOException {
        throw new UnsupportedOperationException("a format without files");
    }

    /** Called once after the last file, where the format holds files. */
    default void filesAdded(FileListing listing) throws IOException {}

    /** After the last section and file. Leaves the stream below open. */
    void finish() throws IOException;

    /**
     * Holds the format version, the creation time and the sections of an export bundle.
     *
     * @param schema version of the document's structure: digits, or a label of letters, digits, dots, dashes and underscores
     * @param generated when the snapshot was taken
     * @param additions behind the sections
     * @param chosen the names of the only sections that were asked for; empty where all were
     */
    record BundleHeader(
            String schema,
            Instant generated,
            List<ExportSection> sections,
            List<ExtraSection> additions,
            List<String> chosen) {
        public BundleHeader {
            chosen = List.copyOf(chosen);
            sections = List.copyOf(sections);
            additions = List.copyOf(additions);
        }

        /**
         * The same header with some sections only.
         *
         * @param names of sections and additions; empty for all
         * @throws ExeuntException where one is unknown
         */
        public BundleHeader limitedTo(List<String> names) {
            if (names.isEmpty()) {
                return this;
            }
            ExportSections.requireKnown(names, names());
            return new BundleHeader(
                    schema,
                    generated,
                    sections.stream()
                            .filter(section -> names.contains(section.name()))
                            .toList(),
                    additions.stream()
                            .filter(addition -> names.contains(addition.name()))
                            .toList(),
                    names);
        }

        private List<String> names() {
            return Stream.concat(
                            sections.stream().map(ExportSection::name),
                            additions.stream().map(ExtraSection::name))
                    .toList();
        }

        /** The version as JSON: a number, or the label as a text. */
        String schemaJson() {
            return Character.isDigit(schema.charAt(0)) ? schema : '"' + schema + '"';
        }
    }
}
