package dev.exeunt.spring.signin;

import dev.exeunt.spring.token.NotSignedInException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cookie that a session lives in. Browsers send it with calls of our own page alone ({@code SameSite=Strict}). */
public final class SessionCookie {

    private final PageCookie cookie;

    /** @param path that browsers send the cookie to, after the context path; null for the whole host */
    public SessionCookie(PublicScheme scheme, @Nullable String path) {
        this.cookie = new PageCookie(scheme, path, "exeunt_session", "Strict");
    }

    /**
     * The session's text; null where there is none.
     *
     * @throws NotSignedInException where there are several: one of them was set by another host or path
     */
    @Nullable
    String read(HttpServletRequest request) {
        List<String> values = cookie.values(request);
        if (values.size() > 1) {
            throw NotSignedInException.other("a session", "several cookies of its name were sent");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** The same, and null also where there are several: none of them is let in anywhere. */
    public @Nullable String readOnly(HttpServletRequest request) {
        return cookie.only(request);
    }

    /** The header line that sets it. */
    public String set(HttpServletRequest request, String session, Duration age) {
        return cookie.set(request, session, age);
    }

    /** The header line that removes it. */
    public String clear(HttpServletRequest request) {
        return cookie.clear(request);
    }
}
