package dev.exeunt.spring.token;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells apart what an issuer signs with the same keys: access tokens, ID tokens, refresh and logout tokens. */
enum TokenKind {
    /** a token that a caller sends (RFC 9068, and what providers issued before it) */
    ACCESS(Set.of("jwt", "at+jwt"), Set.of("id", "refresh", "offline", "logout")),
    /** a token that says who has signed in (OpenID Connect Core 1.0, section 2) */
    ID(Set.of("jwt"), Set.of("bearer", "refresh", "offline", "logout"));

    private static final String MEDIA_TYPE = "application/";

    private final Set<String> headers;
    private final Set<String> others;

    /**
     * @param headers what the header's {@code typ} may be, besides absent
     * @param others what the payload's {@code typ}, as Keycloak writes it, must not be
     */
    TokenKind(Set<String> headers, Set<String> others) {
        this.headers = headers;
        this.others = others;
    }

    /** Why it is no token of this kind, in words that follow "a token:"; null where it may be one. */
    @Nullable
    String fault(Map<String, Object> header, Map<String, Object> claims) {
        if (!isTyped(header.get("typ"))) {
            return this == ACCESS
                    ? "the typ of its header is neither JWT nor at+jwt"
                    : "the typ of its header is not JWT, so it is no ID token";
        }
        if (claims.containsKey("events")) {
            return "it is a logout token or another security event (it has events)";
        }
        if (this == ACCESS && (claims.containsKey("at_hash") || claims.containsKey("c_hash"))) {
            return "it is an ID token (it has at_hash or c_hash); send the access token";
        }
        if (claims.get("typ") instanceof String typ && others.contains(typ.toLowerCase(Locale.ROOT))) {
            return "its typ is " + typ.toUpperCase(Locale.ROOT)
                    + (this == ACCESS ? "; send the access token" : ", so it is no ID token");
        }
        return null;
    }

    private boolean isTyped(@Nullable Object typ) {
        if (typ == null) {
            return true;
        }
        String name = String.valueOf(typ).toLowerCase(Locale.ROOT);
        return headers.contains(name.startsWith(MEDIA_TYPE) ? name.substring(MEDIA_TYPE.length()) : name);
    }
}
