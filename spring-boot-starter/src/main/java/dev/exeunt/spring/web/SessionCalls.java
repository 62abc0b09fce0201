package dev.exeunt.spring.web;

import dev.exeunt.spring.settings.Settings;
import dev.exeunt.spring.signin.Door;
import dev.exeunt.spring.signin.Door.Who;
import dev.exeunt.spring.signin.Doorkeeper;
import dev.exeunt.spring.signin.HandOff;
import dev.exeunt.spring.signin.NotSignedInException;
import dev.exeunt.spring.signin.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** To come in by a link of the application's, and to go. */
@RestController
final class SessionCalls implements Calls {

    private final HandOff handOff;
    private final Sessions sessions;
    private final Settings settings;

    SessionCalls(HandOff handOff, Sessions sessions, Settings settings) {
        this.handOff = handOff;
        this.sessions = sessions;
        this.settings = settings;
    }

    @GetMapping("/enter")
    @Door(Who.ANYONE)
    ResponseEntity<Void> enter(@RequestParam(defaultValue = "") String token, HttpServletRequest request) {
        try {
            return toThePage(handOff.enter(token, Doorkeeper.cookie(request)), sessions.length(), request);
        } catch (NotSignedInException e) {
            if (!Browser.asks(request)) {
                throw e;
            }
            return toThePage("", Duration.ZERO, request); // which says so to whoever follows it, and knows nobody
        }
    }

    private ResponseEntity<Void> toThePage(String session, Duration age, HttpServletRequest request) {
        return ResponseEntity.status(302)
                .location(URI.create(path(request) + "/page"))
                .header(HttpHeaders.SET_COOKIE, cookie(session, age, request))
                .build();
    }

    @GetMapping("/session")
    @Door(Who.PERSON)
    ResponseEntity<byte[]> session(HttpServletRequest request) {
        String cookie = Doorkeeper.cookie(request);
        @Nullable String csrf = cookie == null ? null : sessions.csrf(cookie);
        return Reply.ok(Json.object("header", Sessions.CSRF, "csrf", csrf));
    }

    @DeleteMapping("/session")
    @Door(Who.PERSON)
    ResponseEntity<byte[]> leave(HttpServletRequest request) {
        String session = Doorkeeper.session(request);
        if (session != null) {
            sessions.end(session);
        }
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO, request))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.bytes(Json.object("ended", true)));
    }

    private String path(HttpServletRequest request) {
        return request.getContextPath() + settings.path();
    }

    private String cookie(String value, Duration age, HttpServletRequest request) {
        return ResponseCookie.from(Sessions.COOKIE, value)
                .path(path(request))
                .maxAge(age)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .build()
                .toString();
    }
}
