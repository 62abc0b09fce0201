package dev.exeunt.spring.web;

import dev.exeunt.spring.settings.ExeuntSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * Lets pages of the origins in {@code exeunt.embed-origins} call for people who hand over a token. Cookies are not sent along, and calls
 * of staff and of the application are for no page of another origin.
 */
final class EmbeddingOrigins implements CorsConfigurationSource {

    private final String path;
    private final List<String> origins;

    EmbeddingOrigins(ExeuntSettings settings) {
        this.path = settings.path();
        this.origins = settings.page().embedOrigins();
    }

    @Override
    public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
        String called =
                request.getRequestURI().substring(request.getContextPath().length());
        boolean ofPerson = called.equals(path) || called.startsWith(path + "/");
        if (origins.isEmpty() || !ofPerson || called.startsWith(path + "/admin")) {
            return null;
        }
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(origins);
        allowed.setAllowedMethods(List.of("GET", "POST", "DELETE"));
        allowed.setAllowedHeaders(List.of(
                HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT_LANGUAGE, "Idempotency-Key"));
        allowed.setExposedHeaders(List.of(HttpHeaders.DATE, HttpHeaders.RETRY_AFTER));
        allowed.setAllowCredentials(false);
        allowed.setMaxAge(600L);
        return allowed;
    }
}
