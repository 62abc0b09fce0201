package dev.exeunt.spring.external;

import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.support.event.SystemAnswer;
import dev.exeunt.support.event.SystemAnswer.AnswerResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads what a system answered: {@code {"result": "refused", "reason": "an invoice is open"}}. */
final class AnswerJson {

    private AnswerJson() {}

    /** Returns null where the text is no such answer. */
    static @Nullable SystemAnswer read(byte[] body) {
        try {
            return read(HttpJson.MAPPER.readTree(new String(body, StandardCharsets.UTF_8)));
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable SystemAnswer read(JsonNode json) {
        JsonNode result = json.get("result");
        JsonNode reason = json.get("reason");
        return result == null || !result.isString()
                ? null
                : AnswerResult.of(result.stringValue())
                        .map(r -> new SystemAnswer(
                                r,
                                r == AnswerResult.REFUSED && reason != null && reason.isString()
                                        ? plain(reason)
                                        : null))
                        .orElse(null);
    }

    private static String plain(JsonNode reason) {
        return reason.stringValue().replaceAll("\\p{Cntrl}", " ");
    }
}
