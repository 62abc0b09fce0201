package dev.exeunt.spring.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the person's browser speaks HTTPS: by the setting, else by what the proxy says, else by the connection itself. A caller who
 * makes up the proxy's header changes the cookie of their own answer and nothing else.
 */
public final class PublicScheme {

    private static final String HEADER = "X-Forwarded-Proto";
    private static final String HTTPS = "https";

    private final @Nullable String configured;

    /** @param configured {@code https} or {@code http}; null where each request tells */
    public PublicScheme(@Nullable String configured) {
        this.configured = configured;
    }

    /** Of several proxies one that speaks HTTPS suffices: a cookie that is not sent is better than one that is sent in the clear. */
    public boolean isHttps(HttpServletRequest request) {
        if (configured != null) {
            return configured.equals(HTTPS);
        }
        List<String> told = Collections.list(request.getHeaders(HEADER)).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList();
        return told.isEmpty() ? request.isSecure() : told.stream().anyMatch(HTTPS::equalsIgnoreCase);
    }
}
