package dev.exeunt.spring.web.page;

import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.signin.CallAuthorizer;
import dev.exeunt.spring.signin.CookieSessions;
import dev.exeunt.spring.signin.HandOffSignIn;
import dev.exeunt.spring.signin.SignInCookies;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.JsonBody;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.json.JsonResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Begins a browser session by a hand-off link, describes it and ends it. */
@RestController
public final class SessionController implements ExeuntController {

    private static final int LONGEST_TOKEN = 8000;

    private final HandOffSignIn handOff;
    private final CookieSessions sessions;
    private final SessionResponse response;
    private final SignInCookies signIns;
    private final CallAuthorizer authorizer;
    private final ExeuntSettings settings;

    public SessionController(
            HandOffSignIn handOff,
            CookieSessions sessions,
            SessionResponse response,
            SignInCookies signIns,
            CallAuthorizer authorizer,
            ExeuntSettings settings) {
        this.handOff = handOff;
        this.signIns = signIns;
        this.sessions = sessions;
        this.response = response;
        this.authorizer = authorizer;
        this.settings = settings;
    }

    /**
     * Redirects a browser to the page, whose script sends the token to {@link #entered}. A browser gets no session by this call: when
     * it comes from another site it sends no cookie, and a session that is open would be replaced unseen. A program gets its session
     * at once.
     */
    @GetMapping("/enter")
    @CallAccess(CallerKind.PUBLIC)
    ResponseEntity<Void> enter(@RequestParam(defaultValue = "") String token, HttpServletRequest request) {
        String page = request.getContextPath() + settings.path() + "/page";
        ResponseEntity.BodyBuilder found = ResponseEntity.status(302);
        if (BrowserDetection.sent(request)) {
            String shown = token.matches("[A-Za-z0-9._-]{1," + LONGEST_TOKEN + "}") ? token : "";
            return found.location(URI.create(page + "#enter=" + shown)).build();
        }
        return found.location(URI.create(page))
                .header(HttpHeaders.SET_COOKIE, response.cookie(request, begin(token, false, request)))
                .build();
    }

    /** Begins a session. The body is JSON, which a form of another site cannot send. */
    @PostMapping("/enter")
    @CallAccess(CallerKind.PUBLIC)
    ResponseEntity<byte[]> entered(HttpServletRequest request) throws IOException {
        JsonBody body = JsonBody.of(request, Set.of("token", "replace"));
        String token = body.text("token", LONGEST_TOKEN);
        boolean replace = body.flag("replace");
        body.valid();
        return response.begun(request, begin(token == null ? "" : token, replace, request));
    }

    private String begin(String token, boolean replace, HttpServletRequest request) {
        return handOff.enter(
                new HandOffSignIn.SignInAttempt(token, sessions.cookie().readOnly(request), replace));
    }

    @GetMapping("/session")
    @CallAccess(CallerKind.PERSON)
    ResponseEntity<byte[]> session(HttpServletRequest request) {
        return JsonResponse.ok(response.session(authorizer.session(request)));
    }

    /** Ends the session, and forgets a sign-in by which the person has not opened one. */
    @DeleteMapping("/session")
    @CallAccess(CallerKind.PERSON)
    ResponseEntity<byte[]> leave(HttpServletRequest request) {
        String session = authorizer.session(request);
        if (session != null) {
            sessions.sessions().end(session);
        }
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, sessions.cookie().clear(request), signIns.clearProof(request))
                .contentType(MediaType.APPLICATION_JSON)
                .body(HttpJson.bytes(HttpJson.object("ended", true)));
    }
}
