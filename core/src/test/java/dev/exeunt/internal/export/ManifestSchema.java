package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema of manifest.json in the documentation. */
final class ManifestSchema {

    private static final Schema SCHEMA = read();

    private ManifestSchema() {}

    private static Schema read() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(Files.readString(Path.of("../docs/bundle.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void requireFits(byte[] manifest) {
        String text = new String(manifest, StandardCharsets.UTF_8);
        assertThat(SCHEMA.validate(JsonMapper.shared().readTree(text))).as(text).isEmpty();
    }
}
