package dev.exeunt.internal.export.bundle;

import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.export.law.LawJson;
import dev.exeunt.internal.export.section.ExportSection;
import dev.exeunt.internal.plan.Plan;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes manifest.json, which lists every file of a bundle with rows, size and SHA-256, but not itself, and tells of the use of the data. */
final class BundleManifest {

    /** Of the structure that docs/bundle.schema.json describes. */
    private static final int VERSION = 1;

    private BundleManifest() {}

    static byte[] json(Plan plan, BundleWriter.BundleHeader header, List<ManifestEntry> entries, LeftOut left) {
        List<ExportSummary.SectionRows> shared = left.shared();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("bundle", VERSION);
            json.writeName("schema");
            json.writeRawValue(header.schemaJson());
            json.writeStringProperty("generated", header.generated().toString());
            json.writeArrayPropertyStart("entries");
            entries.forEach(entry -> write(json, entry));
            json.writeEndArray();
            law(json, plan, header, shared);
            if (!shared.isEmpty()) {
                json.writeObjectPropertyStart("heldByOthers");
                shared.forEach(section -> json.writeNumberProperty(section.name(), section.rows()));
                json.writeEndObject();
            }
            write(json, left.files());
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /**
     * Holds what was left out of a bundle.
     *
     * @param shared rows, since another present person holds their value; those of the sections that have some
     * @param files that rows name, and those of them that are in the bundle
     */
    record LeftOut(List<ExportSummary.SectionRows> shared, FileListing files) {
        LeftOut {
            shared = List.copyOf(shared);
        }
    }

    private static void law(
            JsonGenerator json, Plan plan, BundleWriter.BundleHeader header, List<ExportSummary.SectionRows> shared) {
        json.writeName("law");
        json.writeRawValue(LawJson.bundle(plan, shared, header.chosen()));
        json.writeArrayPropertyStart("sections");
        for (ExportSection section : header.sections()) {
            json.writeStartObject();
            json.writeStringProperty("name", section.name());
            json.writeName("law");
            json.writeRawValue(LawJson.section(plan, section));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes which value of which column leads to which file of the bundle, and what is left out. */
    private static void write(JsonGenerator json, FileListing files) {
        if (files.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("files");
        for (FileListing.ListedFile file : files.files()) {
            json.writeStartObject();
            json.writeStringProperty("section", file.column().section());
            json.writeStringProperty("column", file.column().column());
            json.writeStringProperty("value", file.value());
            if (file.file() != null) {
                json.writeStringProperty("file", file.file().path());
            } else {
                json.writeStringProperty("leftOut", file.reason().word());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectPropertyStart("filesLeftOut");
        files.leftOut().forEach((reason, count) -> json.writeNumberProperty(reason.word(), count));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ManifestEntry entry) {
        json.writeStartObject();
        json.writeStringProperty("name", entry.name());
        if (entry.rows() != null) {
            json.writeNumberProperty("rows", entry.rows());
        }
        json.writeNumberProperty("bytes", entry.bytes());
        json.writeStringProperty("sha256", entry.sha256());
        json.writeEndObject();
    }

    /**
     * Describes one file of a bundle: name, rows, bytes and SHA-256.
     *
     * @param rows null for what has none
     * @param bytes before compression, as is the hash
     */
    record ManifestEntry(String name, @Nullable Long rows, long bytes, String sha256) {}
}
