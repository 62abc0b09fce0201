package dev.exeunt.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** {@code Idempotency-Key}: a call that arrives again with the same one leads to what it has led to, whatever became of that since. */
final class Idempotency {

    private Idempotency() {}

    static @Nullable String key(HttpServletRequest request) {
        String key = request.getHeader("Idempotency-Key");
        if (key != null && !key.matches("[\\x21-\\x7e]{1,255}")) {
            throw Problem.of(ProblemType.INVALID, "Idempotency-Key is 1 to 255 visible ASCII characters.")
                    .thrown();
        }
        return key;
    }
}
