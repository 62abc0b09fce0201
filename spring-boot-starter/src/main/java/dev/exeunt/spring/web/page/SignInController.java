package dev.exeunt.spring.web.page;

import dev.exeunt.database.DatabaseException;
import dev.exeunt.spring.provider.SignInFailedException;
import dev.exeunt.spring.provider.SignInFailedException.SignInFailureKind;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.signin.CookieSessions;
import dev.exeunt.spring.signin.ProvenSignIns;
import dev.exeunt.spring.signin.ProviderSignIn;
import dev.exeunt.spring.signin.ProviderSignIn.AuthorizationResponse;
import dev.exeunt.spring.signin.ProviderSignIn.BegunSignIn;
import dev.exeunt.spring.signin.SignInCookies;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.JsonBody;
import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Signs people in on the page at the provider. Every redirect leads to the provider of the settings or to the page, and every failure to
 * the page with one word behind the {@code #}, which no server and no log sees.
 */
@RestController
public final class SignInController implements ExeuntController {

    private static final Logger LOG = LoggerFactory.getLogger(SignInController.class);

    /** Codes and states are shorter at every known provider. */
    private static final int LONGEST = 4000;

    private final ProviderSignIn signIn;
    private final ProvenSignIns proven;
    private final SignInCookies cookies;
    private final CookieSessions sessions;
    private final SessionResponse response;
    private final ExeuntSettings settings;

    public SignInController(
            ProviderSignIn signIn,
            ProvenSignIns proven,
            SignInCookies cookies,
            CookieSessions sessions,
            SessionResponse response,
            ExeuntSettings settings) {
        this.signIn = signIn;
        this.proven = proven;
        this.cookies = cookies;
        this.sessions = sessions;
        this.response = response;
        this.settings = settings;
    }

    /** Sends the browser to the provider. With {@code again=true} the person has to show again who they are. */
    @GetMapping("/sign-in")
    @CallAccess(CallerKind.PUBLIC)
    ResponseEntity<Void> begin(@RequestParam(defaultValue = "") String again, HttpServletRequest request) {
        requireOffer();
        try {
            BegunSignIn begun = signIn.begin(again.equals("true"));
            return redirect(begun.address(), cookies.begun(request, begun));
        } catch (SignInFailedException e) {
            return toPage(logged(e).kind().word(), List.of());
        }
    }

    /** Takes the provider's answer, and sends the browser to the page, whose script opens the session by {@link #entered}. */
    @GetMapping("/sign-in/callback")
    @CallAccess(CallerKind.PUBLIC)
    ResponseEntity<Void> callback(HttpServletRequest request) {
        requireOffer();
        AuthorizationResponse response = new AuthorizationResponse(
                only(request, "state"), only(request, "code"), only(request, "error"), only(request, "iss"));
        String state = response.state() == null ? "" : response.state();
        String kept = cookies.flow(request, state);
        List<String> done = kept == null ? List.of() : List.of(cookies.clearFlow(request, state));
        try {
            String proof = signIn.prove(response, kept);
            return toPage("done", List.of(cookies.clearFlow(request, state), cookies.setProof(request, proof)));
        } catch (SignInFailedException e) {
            return toPage(logged(e).kind().word(), done);
        } catch (DatabaseException e) {
            LOG.error("A sign-in on the page failed: {}", e.getMessage());
            return toPage(SignInFailureKind.AWAY.word(), done);
        }
    }

    /** Opens the session by the proof that the browser keeps. The body is JSON, which a form of another site cannot send. */
    @PostMapping("/sign-in")
    @CallAccess(CallerKind.PUBLIC)
    ResponseEntity<byte[]> entered(HttpServletRequest request) throws IOException {
        requireOffer();
        JsonBody body = JsonBody.of(request, Set.of("replace"));
        boolean replace = body.flag("replace");
        body.valid();
        String session = proven.enter(cookies.proof(request), sessions.cookie().readOnly(request), replace);
        return response.begun(request, session, cookies.clearProof(request));
    }

    private void requireOffer() {
        if (!signIn.offered()) {
            throw HttpProblem.of(
                            ProblemType.NOT_OFFERED, "Sign in at the application: this page has no sign-in of its own.")
                    .thrown();
        }
    }

    /** The parameter; null where it is missing, empty, too long, or there are several. */
    private static @Nullable String only(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null || values.length != 1 || values[0].isEmpty() || values[0].length() > LONGEST
                ? null
                : values[0];
    }

    private static SignInFailedException logged(SignInFailedException e) {
        switch (e.kind()) {
            case AWAY, FAILED -> LOG.warn("A person could not sign in on the page: {}", e.getMessage());
            case DENIED, OVER, UNKNOWN -> LOG.info("A sign-in on the page was refused: {}", e.getMessage());
        }
        return e;
    }

    private ResponseEntity<Void> toPage(String word, List<String> setCookies) {
        URI base = Objects.requireNonNull(settings.signIn()).baseUrl();
        return redirect(URI.create(base + "/page#sign-in=" + word), setCookies);
    }

    private static ResponseEntity<Void> redirect(URI address, List<String> setCookies) {
        return ResponseEntity.status(302)
                .location(address)
                .header(HttpHeaders.SET_COOKIE, setCookies.toArray(String[]::new))
                .build();
    }
}
