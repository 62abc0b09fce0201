package dev.exeunt.spring.web.problem;

import dev.exeunt.ExeuntException;
import dev.exeunt.spring.web.json.HttpJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes a refused call as problem details (RFC 9457).
 *
 * @param detail a sentence for the person, without data of another person
 * @param more members of its own kind
 * @param headers such as {@code Retry-After}
 */
public record HttpProblem(
        ProblemType type, String detail, Map<String, @Nullable Object> more, Map<String, String> headers) {

    public static HttpProblem of(ProblemType type, String detail) {
        return new HttpProblem(type, detail, Map.of(), Map.of());
    }

    public HttpProblem with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(more);
        all.put(name, value);
        return new HttpProblem(type, detail, all, headers);
    }

    public HttpProblem header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new HttpProblem(type, detail, more, all);
    }

    byte[] json() {
        Map<String, @Nullable Object> object = HttpJson.object(
                "type", type.uri().toString(), "title", type.title(), "status", type.status(), "detail", detail);
        object.putAll(more);
        return HttpJson.bytes(object);
    }

    public ProblemException thrown() {
        return new ProblemException(this);
    }

    /** Ends a call with a refusal. */
    public static final class ProblemException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        private final transient HttpProblem problem;

        private ProblemException(HttpProblem problem) {
            super(problem.detail());
            this.problem = problem;
        }

        HttpProblem problem() {
            return problem;
        }
    }
}
