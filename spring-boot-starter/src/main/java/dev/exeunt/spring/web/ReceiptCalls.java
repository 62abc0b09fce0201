package dev.exeunt.spring.web;

import dev.exeunt.lifecycle.Departures;
import dev.exeunt.lifecycle.Receipts;
import dev.exeunt.lifecycle.Request;
import dev.exeunt.spring.signin.Door;
import dev.exeunt.spring.signin.Door.Who;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What became of a request, by the link that was given with it: who is gone cannot sign in. */
@RestController
final class ReceiptCalls implements Calls {

    private final Departures departures;

    ReceiptCalls(Departures departures) {
        this.departures = departures;
    }

    @GetMapping("/receipt/{secret}")
    @Door(Who.ANYONE)
    ResponseEntity<byte[]> receipt(@PathVariable String secret) {
        Receipts.Kept kept = departures
                .receipt(secret)
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND, "There is no such receipt.")
                        .thrown());
        Request request = kept.request();
        return Reply.ok(Json.object(
                "flow", request.flow().word(),
                "state", request.state().word(),
                "requestedAt", request.requestedAt().toString(),
                "dueAt", request.dueAt().toString(),
                "erasedAt", RequestJson.text(request.erasedAt()),
                "receipt", kept.receipt() == null ? null : Json.parsed(kept.receipt())));
    }
}
