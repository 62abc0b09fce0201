package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the documented schema refuses what no bundle has. Each bundle that {@link ExportedBundle} reads is held against it. */
class ManifestSchemaTest {

    private static final String SMALLEST = """
            { "bundle": 1, "schema": 1, "generated": "2026-11-29T22:00:00Z",
              "entries": [{ "name": "a.json", "rows": 0, "bytes": 3, "sha256": "%s" }],
              "law": { "rights": ["access"], "withheld": [], "kept": [] }, "sections": [] }""".formatted("0".repeat(64));

    private static void check(String manifest) {
        ManifestSchema.requireFits(manifest.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theSmallestManifestFits() {
        assertThatCode(() -> check(SMALLEST)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"bundle\": 1,|\"bundle\": 2,",
                "\"bundle\": 1,|",
                "\"a.json\"|\"/etc/passwd\"",
                "\"a.json\"|\"../a.json\"",
                "\"rows\": 0|\"rows\": -1",
                "22:00:00Z|22:00:00+01:00",
                "\"kept\": []|\"kept\": [{ \"section\": \"a\", \"kind\": \"all\" }]"
            })
    void anotherDoesNot(String change) {
        String[] parts = change.split("\\|", -1);
        String changed = SMALLEST.replace(parts[0], parts[1]);
        assertThatThrownBy(() -> check(changed)).isInstanceOf(AssertionError.class);
    }
}
