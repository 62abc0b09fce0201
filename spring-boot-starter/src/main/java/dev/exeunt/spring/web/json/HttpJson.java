package dev.exeunt.spring.web.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses and writes the JSON of the calls, independent of the application's mapper. */
public final class HttpJson {

    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private HttpJson() {}

    /** @param pairs name, value, name, value … */
    public static Map<String, @Nullable Object> object(@Nullable Object... pairs) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return object;
    }

    /** What we have stored ourselves. */
    public static JsonNode parsed(String json) {
        return MAPPER.readTree(json);
    }

    public static byte[] bytes(Map<String, @Nullable Object> object) {
        return MAPPER.writeValueAsBytes(object);
    }
}
