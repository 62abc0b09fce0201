package dev.exeunt.spring.web;

import dev.exeunt.ExeuntException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal, RFC 9457.
 *
 * @param detail a sentence for the person, with nothing of anybody else's
 * @param more members of its own kind
 * @param headers such as {@code Retry-After}
 */
record Problem(ProblemType type, String detail, Map<String, @Nullable Object> more, Map<String, String> headers) {

    static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, Map.of(), Map.of());
    }

    Problem with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(more);
        all.put(name, value);
        return new Problem(type, detail, all, headers);
    }

    Problem header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Problem(type, detail, more, all);
    }

    byte[] json() {
        Map<String, @Nullable Object> object = Json.object(
                "type", type.uri().toString(), "title", type.title(), "status", type.status(), "detail", detail);
        object.putAll(more);
        return Json.bytes(object);
    }

    ProblemException thrown() {
        return new ProblemException(this);
    }

    /** Ends a call with a refusal. */
    static final class ProblemException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        private ProblemException(Problem problem) {
            super(problem.detail());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
