package dev.exeunt.spring.web;

import dev.exeunt.lifecycle.Departures;
import dev.exeunt.lifecycle.Gate;
import dev.exeunt.spring.signin.Door;
import dev.exeunt.spring.signin.Door.Who;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** For the application: whether somebody may use it. */
@RestController
final class GateCalls implements Calls {

    private final Departures departures;

    GateCalls(Departures departures) {
        this.departures = departures;
    }

    @GetMapping("/{subject}")
    @Door(Who.SERVICE)
    ResponseEntity<byte[]> gate(
            @PathVariable String subject,
            @RequestParam(name = "issued-at", required = false) @Nullable String issuedAt) {
        return answer(subject, issuedAt);
    }

    /** For keys that no path can have, such as one with a slash. */
    @GetMapping
    @Door(Who.SERVICE)
    ResponseEntity<byte[]> asked(
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(name = "issued-at", required = false) @Nullable String issuedAt) {
        if (subject == null || subject.isBlank()) {
            throw Problem.of(ProblemType.INVALID, "Say who is meant: ?subject=42")
                    .thrown();
        }
        return answer(subject, issuedAt);
    }

    private ResponseEntity<byte[]> answer(String subject, @Nullable String issuedAt) {
        Gate gate = departures.gate(subject, issuedAt == null ? null : moment(issuedAt));
        boolean in = gate.state() == Gate.State.ALLOWED || gate.state() == Gate.State.SCHEDULED;
        return Reply.ok(
                Json.object("state", gate.state().word(), "until", RequestJson.text(gate.until()), "allowed", in));
    }

    /** As tokens have it, in seconds, or as people write it. */
    private static Instant moment(String text) {
        try {
            return text.matches("[0-9]{1,11}") ? Instant.ofEpochSecond(Long.parseLong(text)) : Instant.parse(text);
        } catch (DateTimeException e) {
            throw Problem.of(
                            ProblemType.INVALID,
                            "issued-at is seconds since 1970, or a moment such as 2026-05-04T03:02:01Z.")
                    .thrown();
        }
    }
}
