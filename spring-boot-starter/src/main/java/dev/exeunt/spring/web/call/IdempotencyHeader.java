package dev.exeunt.spring.web.call;

import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Reads the Idempotency-Key header of a call. */
public final class IdempotencyHeader {

    private IdempotencyHeader() {}

    public static @Nullable String key(HttpServletRequest request) {
        String key = request.getHeader("Idempotency-Key");
        if (key != null && !key.matches("[\\x21-\\x7e]{1,255}")) {
            throw HttpProblem.of(ProblemType.INVALID, "Idempotency-Key is 1 to 255 visible ASCII characters.")
                    .thrown();
        }
        return key;
    }
}
