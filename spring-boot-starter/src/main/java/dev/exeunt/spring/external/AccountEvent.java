package dev.exeunt.spring.external;

import dev.exeunt.spring.web.json.HttpJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tells the application of a change to a person's account or request. A listener may get an event more than once, with the same id. The
 * events of one person come in their order.
 *
 * <pre>{@code
 * @TransactionalEventListener
 * void accountErased(AccountEvent event) {
 *     if (event.type().equals("user.erased")) {
 *         cache.evict(event.subject());
 *     }
 * }
 * }</pre>
 *
 * @param type such as {@code user.erased}; the guide to other systems lists them
 * @param subject the person's key, as the calls take it
 * @param request null for an erasure without a request
 * @param json the whole event, as a webhook would get it
 */
public record AccountEvent(
        UUID id,
        String type,
        Instant at,
        String subject,
        @Nullable UUID request,
        String json) {

    /**
     * Returns where the person's data is in the system, as the map's {@code locators} found it: for each row its columns as text. Empty
     * where the map has no query for the system, or it found no row, and in events of the system {@code application}.
     */
    public List<Map<String, @Nullable String>> locators() {
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        for (JsonNode row : HttpJson.MAPPER.readTree(json).at("/data/locators")) {
            Map<String, @Nullable String> columns = new LinkedHashMap<>();
            row.properties()
                    .forEach(column -> columns.put(
                            column.getKey(),
                            column.getValue().isNull()
                                    ? null
                                    : column.getValue().asString()));
            rows.add(columns);
        }
        return rows;
    }

    /** Without the key, so that no log shows it by accident. */
    @Override
    public String toString() {
        return "AccountEvent[" + id + " " + type + "]";
    }
}
