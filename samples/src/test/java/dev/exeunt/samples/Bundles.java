package dev.exeunt.samples;

import dev.exeunt.map.ExportSettings.Format;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A person's data as one document. */
final class Bundles {

    private Bundles() {}

    static String json(Office office, String key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        office.exeunt().export(office.sample().map(), key, out, Format.JSON);
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
