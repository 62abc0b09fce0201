package dev.exeunt.spring.web.page;

import dev.exeunt.ExeuntException;
import dev.exeunt.spring.signin.BrowserSessions;
import dev.exeunt.spring.signin.CookieSessions;
import dev.exeunt.spring.web.call.PersonStatus;
import dev.exeunt.spring.web.json.HttpJson;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Answers a call that has begun a session: with its cookie, and with what the page shows first, so that a phone far away from the server
 * needs no further call.
 */
public final class SessionResponse {

    private static final Logger LOG = LoggerFactory.getLogger(SessionResponse.class);

    private final CookieSessions sessions;
    private final PersonStatus status;

    public SessionResponse(CookieSessions sessions, PersonStatus status) {
        this.sessions = sessions;
        this.status = status;
    }

    String cookie(HttpServletRequest request, String session) {
        return sessions.cookie().set(request, session, sessions.sessions().length());
    }

    /** @param cookies further cookies to set */
    ResponseEntity<byte[]> begun(HttpServletRequest request, String session, String... cookies) {
        Map<String, @Nullable Object> json = session(session);
        json.put("entered", true);
        addStatus(json, sessions.sessions().key(session), request);
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, cookie(request, session))
                .header(HttpHeaders.SET_COOKIE, cookies)
                .contentType(MediaType.APPLICATION_JSON)
                .body(HttpJson.bytes(json));
    }

    /** @param session the cookie's value; null where the caller has no session */
    Map<String, @Nullable Object> session(@Nullable String session) {
        @Nullable String csrf = session == null ? null : sessions.sessions().csrf(session);
        return HttpJson.object("header", BrowserSessions.CSRF, "csrf", csrf);
    }

    /** The session has begun, and its proof is used up: without a status the page asks for it, and hears the reason. */
    private void addStatus(Map<String, @Nullable Object> json, String key, HttpServletRequest request) {
        try {
            Map<String, @Nullable Object> account = status.account(key, request);
            json.put("export", status.exports(key, request));
            json.put("account", account);
        } catch (ExeuntException e) {
            LOG.warn("A session has begun, but its account could not be read: {}", e.getMessage());
        }
    }
}
