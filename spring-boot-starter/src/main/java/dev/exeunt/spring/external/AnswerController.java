package dev.exeunt.spring.external;

import dev.exeunt.spring.external.WebhookSignature.SignedHeaders;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.JsonBody;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.json.JsonResponse;
import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import dev.exeunt.support.event.EventOutbox;
import dev.exeunt.support.event.SystemAnswer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes the answers of systems that erase later than they take the event. A system signs them as its events are signed. */
@RestController
public final class AnswerController implements ExeuntController {

    private final EventOutbox outbox;
    private final Map<String, WebhookSignature> signatures;
    private final Clock clock;

    /** @param signatures by the name of the system */
    AnswerController(EventOutbox outbox, Map<String, WebhookSignature> signatures, Clock clock) {
        this.outbox = outbox;
        this.signatures = Map.copyOf(signatures);
        this.clock = clock;
    }

    /**
     * Records what a system did about an erasure. The first answer stands; the same message again changes nothing.
     *
     * @param system as the map names it
     */
    @PostMapping("/external/{system}/answer")
    @CallAccess(CallerKind.PUBLIC)
    ResponseEntity<byte[]> answer(@PathVariable String system, HttpServletRequest request) {
        byte[] body = JsonBody.bytes(request);
        WebhookSignature signature = signatures.get(system);
        SignedHeaders headers = new SignedHeaders(
                request.getHeader(WebhookSignature.ID),
                request.getHeader(WebhookSignature.TIMESTAMP),
                request.getHeader(WebhookSignature.SIGNATURE));
        if (signature == null || !signature.isValid(headers, body, clock.instant())) {
            throw HttpProblem.of(ProblemType.UNAUTHENTICATED, "The signature is not valid, or its time is not now.")
                    .thrown();
        }
        UUID event = AnswerJson.event(body);
        SystemAnswer answer = AnswerJson.read(body);
        if (event == null || answer == null) {
            throw HttpProblem.of(
                            ProblemType.INVALID,
                            "Write event, the id of the event, and result: erased, nothing-found or refused, with a reason.")
                    .thrown();
        }
        boolean recorded = outbox.answer(event, system, answer);
        return JsonResponse.ok(HttpJson.object("recorded", recorded));
    }
}
