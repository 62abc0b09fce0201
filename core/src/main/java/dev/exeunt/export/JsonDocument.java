package dev.exeunt.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One JSON object: the version of its structure, when it was made, then an array for each section. Section names need no
 * escaping, see {@link Sections}.
 */
final class JsonDocument implements Bundle {

    private final Header header;
    private final OutputStream out;
    private boolean begun;

    JsonDocument(Header header, OutputStream out) {
        this.header = header;
        this.out = out;
    }

    @Override
    public long add(SectionReader section) throws IOException {
        begin();
        write(",\n\"" + section.name() + "\": ");
        return section.json(out);
    }

    @Override
    public void finish() throws IOException {
        begin();
        write("\n}\n");
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            write("{\n\"schema\": " + header.schema() + ",\n\"generated\": \"" + header.generated() + '"');
        }
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
