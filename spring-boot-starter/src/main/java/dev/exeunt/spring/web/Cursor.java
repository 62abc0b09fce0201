package dev.exeunt.spring.web;

import dev.exeunt.ledger.CanonicalBase64;
import dev.exeunt.lifecycle.Register;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/** Where a list goes on, for those who hand it back and need not understand it. */
final class Cursor {

    private static final int MOST = 500;
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private Cursor() {}

    static String write(Register.After after) {
        String text = after.requestedAt() + " " + after.id();
        return CanonicalBase64.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static Register.After read(String cursor) {
        try {
            byte[] bytes = CanonicalBase64.decode(cursor).orElseThrow(Cursor::notOurs);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            Instant at = Instant.parse(text.substring(0, Math.max(0, space)));
            if (at.isAfter(LATEST) || at.isBefore(Instant.EPOCH)) {
                throw notOurs(); // no moment of the database's
            }
            return new Register.After(at, UUID.fromString(text.substring(space + 1)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw notOurs();
        }
    }

    private static Problem.ProblemException notOurs() {
        return invalid("after is what the page before gave as next.");
    }

    static boolean all(String state) {
        if (!state.equals("open") && !state.equals("all")) {
            throw invalid("state is open or all.");
        }
        return state.equals("all");
    }

    static int size(String text) {
        if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MOST) {
            throw invalid("size is from 1 to " + MOST + ".");
        }
        return Integer.parseInt(text);
    }

    private static Problem.ProblemException invalid(String sentence) {
        return Problem.of(ProblemType.INVALID, sentence).thrown();
    }
}
