package dev.exeunt.spring.token;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells access tokens from what else an issuer signs with the same keys: ID tokens, refresh and offline tokens, logout tokens and
 * other security events.
 */
final class TokenKind {

    private static final String MEDIA_TYPE = "application/";

    /** RFC 7519 and RFC 9068. */
    private static final Set<String> HEADERS = Set.of("jwt", "at+jwt");

    /** As Keycloak has it in the payload. */
    private static final Set<String> OTHERS = Set.of("id", "refresh", "offline", "logout");

    private TokenKind() {}

    /** Why it is no access token, in words that follow "a token:"; null where it may be one. */
    static @Nullable String fault(Map<String, Object> header, Map<String, Object> claims) {
        if (!isAccessToken(header.get("typ"))) {
            return "the typ of its header is neither JWT nor at+jwt";
        }
        if (claims.containsKey("events")) {
            return "it is a logout token or another security event (it has events)";
        }
        if (claims.containsKey("at_hash") || claims.containsKey("c_hash")) {
            return "it is an ID token (it has at_hash or c_hash); send the access token";
        }
        return claims.get("typ") instanceof String typ && OTHERS.contains(typ.toLowerCase(Locale.ROOT))
                ? "its typ is " + typ.toUpperCase(Locale.ROOT) + "; send the access token"
                : null;
    }

    private static boolean isAccessToken(@Nullable Object typ) {
        if (typ == null) {
            return true;
        }
        String name = String.valueOf(typ).toLowerCase(Locale.ROOT);
        return HEADERS.contains(name.startsWith(MEDIA_TYPE) ? name.substring(MEDIA_TYPE.length()) : name);
    }
}
