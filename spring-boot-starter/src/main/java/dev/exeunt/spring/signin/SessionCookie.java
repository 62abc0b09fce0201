package dev.exeunt.spring.signin;

import dev.exeunt.spring.token.NotSignedInException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;

/**
 * The cookie that a session lives in. Over HTTPS its name has a prefix that browsers know: nothing but an answer over HTTPS may set such a
 * cookie, and with {@code __Host-} no answer of another host, not even of a subdomain.
 */
public final class SessionCookie {

    private static final String NAME = "exeunt_session";
    private static final String ROOT = "/";

    private final PublicScheme scheme;
    private final @Nullable String path;

    /** @param path that browsers send the cookie to, after the context path; null for the whole host */
    public SessionCookie(PublicScheme scheme, @Nullable String path) {
        this.scheme = scheme;
        this.path = path;
    }

    /** What a request has to be told by: the one name that the cookie has under the request's public scheme. */
    String name(HttpServletRequest request) {
        if (!scheme.isHttps(request)) {
            return NAME;
        }
        return (path == null ? "__Host-" : "__Secure-") + NAME;
    }

    /**
     * The session's text; null where there is none.
     *
     * @throws NotSignedInException where there are several: one of them was set by another host or path
     */
    @Nullable
    String read(HttpServletRequest request) {
        List<String> values = values(request);
        if (values.size() > 1) {
            throw NotSignedInException.other("a session", "several cookies of its name were sent");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** The same, and null also where there are several: none of them is let in anywhere. */
    public @Nullable String readOnly(HttpServletRequest request) {
        List<String> values = values(request);
        return values.size() == 1 ? values.get(0) : null;
    }

    private List<String> values(HttpServletRequest request) {
        Cookie[] all = request.getCookies();
        if (all == null) {
            return List.of();
        }
        String name = name(request);
        return Arrays.stream(all)
                .filter(c -> c.getName().equals(name))
                .map(Cookie::getValue)
                .toList();
    }

    /** The header line that sets it. */
    public String set(HttpServletRequest request, String session, Duration age) {
        return ResponseCookie.from(name(request), session)
                .path(path == null ? ROOT : request.getContextPath() + path)
                .maxAge(age)
                .httpOnly(true)
                .secure(scheme.isHttps(request))
                .sameSite("Strict")
                .build()
                .toString();
    }

    /** The header line that removes it. */
    public String clear(HttpServletRequest request) {
        return set(request, "", Duration.ZERO);
    }
}
