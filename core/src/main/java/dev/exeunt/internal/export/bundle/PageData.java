package dev.exeunt.internal.export.bundle;

import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.export.bundle.FileListing.NamingColumn;
import dev.exeunt.internal.export.law.LawJson;
import dev.exeunt.internal.export.section.ExportSection;
import dev.exeunt.internal.export.section.ExtraSection;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.schema.SqlType;
import dev.exeunt.map.DataMap.TableWords;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes {@code data/bundle.js}, which tells the page of a bundle what its sections are: {@code exeuntBundle({…});}. */
final class PageData {

    private final Plan plan;
    private final BundleWriter.BundleHeader header;
    private final BundleCounts counts;
    private final JsonGenerator json;

    private PageData(Plan plan, BundleWriter.BundleHeader header, BundleCounts counts, JsonGenerator json) {
        this.plan = plan;
        this.header = header;
        this.counts = counts;
        this.json = json;
    }

    /**
     * Holds what was written of each section, in the order of the bundle.
     *
     * @param rowsPerFile the rows of each data file
     * @param shared rows that were left out since another present person holds their value; those of the sections that have some
     * @param files that rows name
     */
    record BundleCounts(
            List<Long> rows,
            List<List<Integer>> rowsPerFile,
            List<ExportSummary.SectionRows> shared,
            PageFiles files) {}

    static byte[] script(Plan plan, BundleWriter.BundleHeader header, BundleCounts counts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("exeuntBundle(".getBytes(StandardCharsets.US_ASCII));
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            new PageData(plan, header, counts, json).write();
        }
        bytes.writeBytes(");\n".getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    private void write() {
        json.writeStartObject();
        json.writeName("schema");
        json.writeRawValue(header.schemaJson());
        json.writeStringProperty("generated", header.generated().toString());
        json.writeNullProperty("subject"); // nothing names the person
        json.writeArrayPropertyStart("sections");
        int number = 0;
        for (ExportSection section : header.sections()) {
            write(section, number++);
        }
        for (ExtraSection addition : header.additions()) {
            write(addition, number++);
        }
        json.writeEndArray();
        json.writeName("law");
        json.writeRawValue(LawJson.bundle(plan, counts.shared(), header.chosen()));
        json.writeEndObject();
    }

    private void write(ExportSection section, int number) {
        begin(section.name(), section.planned().words(), number);
        for (ExportSection.SectionColumn column : section.columns()) {
            SqlType type = column.column().type();
            beginColumn(column.name(), type.display(), ColumnKind.of(type));
            if (section.namesFiles(column)) {
                json.writeBooleanProperty("namesFiles", true);
                json.writeBooleanProperty(
                        "filesUnlisted", counts.files().hasUnlisted(new NamingColumn(section.name(), column.name())));
            }
            json.writeEndObject();
        }
        if (section.roleColumn() != null) {
            beginColumn(section.roleColumn(), "text[]", ColumnKind.JSON);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeName("law");
        json.writeRawValue(LawJson.section(plan, section));
        json.writeEndObject();
    }

    private void write(ExtraSection addition, int number) {
        begin(addition.name(), TableWords.NONE, number);
        addition.columns().forEach(column -> {
            beginColumn(column.name(), column.type(), ColumnKind.of(column));
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeEndObject();
    }

    private void begin(String name, TableWords words, int number) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        texts("title", words.title());
        texts("means", words.means());
        List<Integer> rowsPerFile = counts.rowsPerFile().get(number);
        json.writeNumberProperty("rows", counts.rows().get(number));
        json.writeNumberProperty("files", rowsPerFile.size());
        json.writeArrayPropertyStart("rowsPerFile");
        rowsPerFile.forEach(json::writeNumber);
        json.writeEndArray();
        json.writeNumberProperty("fileLists", counts.files().lists(name).size());
        json.writeNumberProperty("heldByOthers", heldByOthers(name));
        json.writeArrayPropertyStart("columns");
    }

    private void beginColumn(String name, String type, ColumnKind kind) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("type", type);
        json.writeStringProperty("kind", kind.word());
    }

    /** By language; null where the map says nothing. */
    private void texts(String name, Map<String, String> byLanguage) {
        if (byLanguage.isEmpty()) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        byLanguage.forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    private long heldByOthers(String section) {
        return counts.shared().stream()
                .filter(s -> s.name().equals(section))
                .mapToLong(ExportSummary.SectionRows::rows)
                .sum();
    }
}
