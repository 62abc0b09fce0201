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

    private BundleManifest() {}

    /** @param shared rows that were left out since another present person holds their value; those of the sections that have some */
    static byte[] json(
            Plan plan,
            BundleWriter.BundleHeader header,
            List<ManifestEntry> entries,
            List<ExportSummary.SectionRows> shared) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
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
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
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
