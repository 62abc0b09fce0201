package dev.exeunt.spring.external;

import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.support.event.SystemAnswer;
import dev.exeunt.support.event.SystemAnswer.AnswerResult;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads what a system answered: {@code {"result": "refused", "reason": "an invoice is open"}}. */
final class AnswerJson {

    private AnswerJson() {}

    /** Returns null where the text is no such answer. */
    static @Nullable SystemAnswer read(byte[] body) {
        JsonNode json = parsed(body);
        String result = text(json, "result");
        AnswerResult said = result == null ? null : AnswerResult.of(result).orElse(null);
        if (said == null) {
            return null;
        }
        String reason = said == AnswerResult.REFUSED ? text(json, "reason") : null;
        return new SystemAnswer(said, reason == null ? null : reason.replaceAll("\\p{Cntrl}", " "));
    }

    /** Returns the event that an answer is about; null where the text names none. */
    static @Nullable UUID event(byte[] body) {
        String event = text(parsed(body), "event");
        try {
            return event == null ? null : UUID.fromString(event);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable JsonNode parsed(byte[] body) {
        try {
            return HttpJson.MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            return null; // its message quotes the body
        }
    }

    private static @Nullable String text(@Nullable JsonNode json, String field) {
        JsonNode value = json == null ? null : json.get(field);
        return value != null && value.isString() ? value.stringValue() : null;
    }
}
