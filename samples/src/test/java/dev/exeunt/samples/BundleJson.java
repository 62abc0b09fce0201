package dev.exeunt.samples;

import dev.exeunt.map.ExportSettings.BundleFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Exports a person's data as JSON text and removes sections from it. */
final class BundleJson {

    private BundleJson() {}

    static String json(SampleTestApplication office, String key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        office.exeunt().export(office.sample().map(), key, out, BundleFormat.JSON);
        return out.toString(StandardCharsets.UTF_8);
    }

    static String without(String bundle, String... sections) {
        ObjectNode node = (ObjectNode) JsonMapper.shared().readTree(bundle);
        for (String section : sections) {
            node.remove(section);
        }
        return node.toPrettyString();
    }
}
