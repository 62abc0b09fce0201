package dev.exeunt.spring.token;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks claims up by path: {@code realm_access.roles} is {@code roles} of the object {@code realm_access}. A name may have dots of
 * its own, as {@code https://shop.example/roles} has; the longest name that there is wins.
 */
public final class ClaimPath {

    private ClaimPath() {}

    /** Returns null where there is no such claim. */
    public static @Nullable Object find(Map<?, ?> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
                Object found = find(inner, path.substring(dot + 1));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
