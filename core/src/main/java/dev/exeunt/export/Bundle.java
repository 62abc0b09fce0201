package dev.exeunt.export;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** What sections are packed into. */
interface Bundle {

    /** Called once for each section, in order; returns its rows. */
    long add(SectionReader section) throws IOException;

    /** After the last section. Leaves the stream below open. */
    void finish() throws IOException;

    /**
     * @param schema version of the document's structure
     * @param generated when the snapshot was taken
     * @param additions behind the sections
     */
    record Header(int schema, Instant generated, List<Section> sections, List<Addition> additions) {
        public Header {
            sections = List.copyOf(sections);
            additions = List.copyOf(additions);
        }
    }
}
