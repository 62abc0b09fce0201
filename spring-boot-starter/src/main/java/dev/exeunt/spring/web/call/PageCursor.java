package dev.exeunt.spring.web.call;

import dev.exeunt.request.RequestListPage;
import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import dev.exeunt.support.security.CanonicalBase64;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/** Encodes and decodes the position of a page in a list of staff. */
public final class PageCursor {

    private static final int MOST = 500;
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private PageCursor() {}

    public static String write(RequestListPage.RequestListPosition after) {
        String text = after.requestedAt() + " " + after.id();
        return CanonicalBase64.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    public static RequestListPage.RequestListPosition read(String cursor) {
        try {
            byte[] bytes = CanonicalBase64.decode(cursor).orElseThrow(PageCursor::notOurs);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            Instant at = Instant.parse(text.substring(0, Math.max(0, space)));
            if (at.isAfter(LATEST) || at.isBefore(Instant.EPOCH)) {
                throw notOurs(); // no moment of the database's
            }
            return new RequestListPage.RequestListPosition(at, UUID.fromString(text.substring(space + 1)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw notOurs();
        }
    }

    /** @param after of the last event of a page */
    public static String write(long after) {
        return CanonicalBase64.encode(Long.toString(after).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns what {@link #write(long)} encoded. */
    public static long readPosition(String cursor) {
        String text =
                new String(CanonicalBase64.decode(cursor).orElseThrow(PageCursor::notOurs), StandardCharsets.UTF_8);
        if (!text.matches("[0-9]{1,18}")) {
            throw notOurs();
        }
        return Long.parseLong(text);
    }

    private static HttpProblem.ProblemException notOurs() {
        return invalid("after is what the page before gave as next.");
    }

    public static boolean all(String state) {
        if (!state.equals("open") && !state.equals("all")) {
            throw invalid("state is open or all.");
        }
        return state.equals("all");
    }

    public static int size(String text) {
        if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MOST) {
            throw invalid("size is from 1 to " + MOST + ".");
        }
        return Integer.parseInt(text);
    }

    private static HttpProblem.ProblemException invalid(String sentence) {
        return HttpProblem.of(ProblemType.INVALID, sentence).thrown();
    }
}
