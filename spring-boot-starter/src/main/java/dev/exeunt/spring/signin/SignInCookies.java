package dev.exeunt.spring.signin;

import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.signin.ProviderSignIn.BegunSignIn;
import dev.exeunt.support.security.Sha256;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of sign-ins at the provider, all of them sealed. A sign-in that was begun has a cookie of its own, so that two tabs do not
 * disturb each other. It is {@code SameSite=Lax}: it has to come with the provider's redirect, and with no other request of another site.
 */
public final class SignInCookies {

    private static final String FLOW = "exeunt_sign_in_";
    private static final int MOST_FLOWS = 4;
    private static final int NAME = 16;

    private final PublicScheme scheme;
    private final @Nullable String path;
    private final PageCookie proof;

    public SignInCookies(PublicScheme scheme, ExeuntSettings settings) {
        this.scheme = scheme;
        this.path = settings.page().wholeHost() ? null : settings.path();
        this.proof = new PageCookie(scheme, path, "exeunt_signed_in", "Strict");
    }

    /** The header lines that set the cookie of a sign-in. A browser that has begun several already forgets those. */
    public List<String> begun(HttpServletRequest request, BegunSignIn begun) {
        List<String> lines = new ArrayList<>();
        String prefix = flow("").name(request);
        List<String> others = PageCookie.all(request)
                .map(Cookie::getName)
                .filter(name -> name.startsWith(prefix))
                .distinct()
                .toList();
        if (others.size() >= MOST_FLOWS) {
            others.forEach(
                    name -> lines.add(flow(name.substring(prefix.length())).clear(request)));
        }
        lines.add(flow(tag(begun.state())).set(request, begun.sealed(), SignInFlows.LENGTH));
        return lines;
    }

    /** What the browser has kept of the sign-in with this state; null where it has kept nothing. */
    public @Nullable String flow(HttpServletRequest request, String state) {
        return flow(tag(state)).only(request);
    }

    /** The header line that removes the cookie of the sign-in with this state. */
    public String clearFlow(HttpServletRequest request, String state) {
        return flow(tag(state)).clear(request);
    }

    private PageCookie flow(String tag) {
        return new PageCookie(scheme, path, FLOW + tag, "Lax");
    }

    private static String tag(String state) {
        return Sha256.hex(state).substring(0, NAME);
    }

    /** The proof that the browser keeps; null where it keeps none. */
    public @Nullable String proof(HttpServletRequest request) {
        return proof.only(request);
    }

    /** The header line that sets the proof. */
    public String setProof(HttpServletRequest request, String sealed) {
        return proof.set(request, sealed, ProvenSignIns.LENGTH);
    }

    /** The header line that removes the proof. */
    public String clearProof(HttpServletRequest request) {
        return proof.clear(request);
    }
}
