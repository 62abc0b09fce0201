package dev.exeunt.internal.export.bundle;

import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.export.law.LawJson;
import dev.exeunt.internal.export.section.ExportSections;
import dev.exeunt.internal.export.section.SectionReader;
import dev.exeunt.internal.plan.Plan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes export sections as one JSON document, one array for each section. Section names need no escaping, see
 * {@link ExportSections}.
 */
public final class JsonBundleWriter implements BundleWriter {

    private final BundleHeader header;
    private final Plan plan;
    private final OutputStream out;
    private boolean begun;

    public JsonBundleWriter(BundleHeader header, Plan plan, OutputStream out) {
        this.header = header;
        this.plan = plan;
        this.out = out;
    }

    @Override
    public void leftOut(List<ExportSummary.SectionRows> rows) throws IOException {
        if (!header.chosen().isEmpty()) {
            begin();
            write(",\n\"exeunt:asked\": "
                    + header.chosen().stream().collect(Collectors.joining("\", \"", "[\"", "\"]")));
        }
        if (!plan.map().notice().isEmpty()) {
            begin();
            write(",\n\"exeunt:law\": " + LawJson.bundle(plan, rows, header.chosen()));
            write(",\n\"exeunt:sections\": "
                    + header.sections().stream()
                            .map(section -> "\"" + section.name() + "\": " + LawJson.section(plan, section))
                            .collect(Collectors.joining(",\n", "{", "}")));
        }
        if (!rows.isEmpty()) {
            begin();
            write(",\n\"exeunt:heldByOthers\": "
                    + rows.stream()
                            .map(r -> "\"" + r.name() + "\": " + r.rows())
                            .collect(Collectors.joining(", ", "{", "}")));
        }
    }

    @Override
    public long add(SectionReader section) throws IOException {
        begin();
        write(",\n\"" + section.name() + "\": ");
        return section.json(new JsonArrayWriter(out));
    }

    @Override
    public void finish() throws IOException {
        begin();
        write("\n}\n");
    }

    @Override
    public void close() {
        // holds nothing
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            write("{\n\"schema\": " + header.schemaJson() + ",\n\"generated\": \"" + header.generated() + '"');
        }
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
