package dev.exeunt.spring.web.person;

import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.GateDecision;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.RequestJson;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.json.JsonResponse;
import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells the application whether a person may use it. */
@RestController
public final class GateController implements ExeuntController {

    private final AccountRequests requests;

    public GateController(AccountRequests requests) {
        this.requests = requests;
    }

    @GetMapping("/{subject}")
    @CallAccess(CallerKind.SERVICE)
    ResponseEntity<byte[]> gate(
            @PathVariable String subject,
            @RequestParam(name = "issued-at", required = false) @Nullable String issuedAt) {
        return answer(subject, issuedAt);
    }

    /** For keys that no path can have, such as one with a slash. */
    @GetMapping
    @CallAccess(CallerKind.SERVICE)
    ResponseEntity<byte[]> asked(
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(name = "issued-at", required = false) @Nullable String issuedAt) {
        if (subject == null || subject.isBlank()) {
            throw HttpProblem.of(ProblemType.INVALID, "Say who is meant: ?subject=42")
                    .thrown();
        }
        return answer(subject, issuedAt);
    }

    private ResponseEntity<byte[]> answer(String subject, @Nullable String issuedAt) {
        GateDecision gate = requests.gate(subject, issuedAt == null ? null : moment(issuedAt));
        boolean in = gate.state() == GateDecision.GateState.ALLOWED || gate.state() == GateDecision.GateState.SCHEDULED;
        return JsonResponse.ok(
                HttpJson.object("state", gate.state().word(), "until", RequestJson.text(gate.until()), "allowed", in));
    }

    /** As tokens have it, in seconds, or as people write it. */
    private static Instant moment(String text) {
        try {
            return text.matches("[0-9]{1,11}") ? Instant.ofEpochSecond(Long.parseLong(text)) : Instant.parse(text);
        } catch (DateTimeException e) {
            throw HttpProblem.of(
                            ProblemType.INVALID,
                            "issued-at is seconds since 1970, or a moment such as 2026-05-04T03:02:01Z.")
                    .thrown();
        }
    }
}
