package dev.exeunt.internal.export;

import dev.exeunt.ProgressListener;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.proof.MapChecker;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.internal.schema.trial.SqlValidator;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds an unpacked export bundle and reads its entries. */
record ExportedBundle(ExportSummary summary, Map<String, byte[]> entries) {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-03T10:11:12.345Z"), ZoneOffset.ofHours(9));

    static ExportedBundle zip(TestDatabase database, String map, String key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Connection connection = database.connection()) {
            ExportSummary summary =
                    exporter(connection, map).export(new SubjectKey(List.of(key)), BundleFormat.ZIP, bytes);
            Map<String, byte[]> entries = unzip(bytes.toByteArray());
            ManifestSchema.requireFits(entries.get("manifest.json"));
            return new ExportedBundle(summary, entries);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Exporter exporter(Connection connection, String map) {
        return new Exporter(connection, plan(connection, map), CLOCK, ProgressListener.NONE);
    }

    static Plan plan(Connection connection, String map) {
        MapDefinition read = MapReader.read(map, "exeunt.yaml");
        DatabaseSchema schema = SchemaReader.read(connection);
        try {
            connection.setAutoCommit(false);
            Plan plan = MapChecker.check(read, schema, SqlValidator.validate(connection, MapChecker.sql(read, schema)))
                    .planOrThrow();
            connection.rollback();
            connection.setAutoCommit(true);
            return plan;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, byte[]> unzip(byte[] bytes) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entries.put(entry.getName(), zip.readAllBytes()) != null) {
                    throw new IllegalStateException("two entries " + entry.getName());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    String text(String entry) {
        return new String(entries.get(entry), StandardCharsets.UTF_8);
    }

    JsonNode json(String entry) {
        return JsonMapper.builder()
                .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree(entries.get(entry));
    }

    /** The lines of a section's CSV without the header; only for values without line breaks. */
    List<String> csv(String section) {
        List<String> lines = text(section + ".csv").lines().toList();
        return lines.subList(1, lines.size());
    }
}
