package dev.exeunt.spring.web.call;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads which languages the caller understands (RFC 9110, section 12.5.4). */
public final class AcceptedLanguages {

    /** A browser sends a few dozen characters. */
    private static final int LONGEST = 1_000;

    private AcceptedLanguages() {}

    /** Returns the languages of {@code Accept-Language}, the best first; none where it is missing, too long or not well-formed. */
    public static List<Locale.LanguageRange> of(HttpServletRequest request) {
        return parsed(request.getHeader("Accept-Language"));
    }

    static List<Locale.LanguageRange> parsed(@Nullable String header) {
        if (header == null || header.isBlank() || header.length() > LONGEST) {
            return List.of();
        }
        try {
            return Locale.LanguageRange.parse(header);
        } catch (IllegalArgumentException malformed) {
            return List.of(); // the header is a wish: without it the map's first language is shown
        }
    }
}
