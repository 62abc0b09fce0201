package dev.exeunt.spring.signin;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;

/**
 * A cookie that only the server reads ({@code HttpOnly}). Over HTTPS its name has a prefix that browsers know: nothing but an answer
 * over HTTPS may set such a cookie, and with {@code __Host-} no answer of another host, not even of a subdomain.
 */
final class PageCookie {

    private static final String ROOT = "/";

    private final PublicScheme scheme;
    private final @Nullable String path;
    private final String plainName;
    private final String sameSite;

    /**
     * @param path that browsers send the cookie to, after the context path; null for the whole host
     * @param plainName its name over plain HTTP
     * @param sameSite {@code Strict}, or {@code Lax} for a cookie that has to come with a redirect of another site
     */
    PageCookie(PublicScheme scheme, @Nullable String path, String plainName, String sameSite) {
        this.scheme = scheme;
        this.path = path;
        this.plainName = plainName;
        this.sameSite = sameSite;
    }

    /** What a request has to be told by: the one name that the cookie has under the request's public scheme. */
    String name(HttpServletRequest request) {
        if (!scheme.isHttps(request)) {
            return plainName;
        }
        return (path == null ? "__Host-" : "__Secure-") + plainName;
    }

    /** The values of all cookies of its name. */
    List<String> values(HttpServletRequest request) {
        String name = name(request);
        return all(request)
                .filter(c -> c.getName().equals(name))
                .map(Cookie::getValue)
                .toList();
    }

    /** The value; null where there is none, and where there are several: one of them was set by another host or path. */
    @Nullable
    String only(HttpServletRequest request) {
        List<String> values = values(request);
        return values.size() == 1 ? values.get(0) : null;
    }

    static Stream<Cookie> all(HttpServletRequest request) {
        Cookie[] all = request.getCookies();
        return all == null ? Stream.empty() : Arrays.stream(all);
    }

    /** The header line that sets it. */
    String set(HttpServletRequest request, String value, Duration age) {
        return ResponseCookie.from(name(request), value)
                .path(path == null ? ROOT : request.getContextPath() + path)
                .maxAge(age)
                .httpOnly(true)
                .secure(scheme.isHttps(request))
                .sameSite(sameSite)
                .build()
                .toString();
    }

    /** The header line that removes it. */
    String clear(HttpServletRequest request) {
        return set(request, "", Duration.ZERO);
    }
}
