package dev.exeunt.spring.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * {@code Idempotency-Key}: what is asked for twice is one request as long as it is open, with the header or without; it is looked
 * at for its form alone.
 */
final class Idempotency {

    private Idempotency() {}

    static void check(HttpServletRequest request) {
        String key = request.getHeader("Idempotency-Key");
        if (key != null && !key.matches("[\\x21-\\x7e]{1,255}")) {
            throw Problem.of(ProblemType.INVALID, "Idempotency-Key is 1 to 255 visible ASCII characters.")
                    .thrown();
        }
    }
}
