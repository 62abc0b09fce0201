package dev.exeunt.spring.web;

import dev.exeunt.lifecycle.Departures;
import dev.exeunt.lifecycle.Receipts;
import dev.exeunt.lifecycle.Request;
import dev.exeunt.spring.settings.Settings;
import dev.exeunt.spring.signin.Door;
import dev.exeunt.spring.signin.Door.Who;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What became of a request, by the link that was given with it: who is gone cannot sign in. */
@RestController
final class ReceiptCalls implements Calls {

    private final Departures departures;
    private final Settings settings;

    ReceiptCalls(Departures departures, Settings settings) {
        this.departures = departures;
        this.settings = settings;
    }

    /** As a page for browsers, as JSON for programs. */
    @GetMapping("/receipt/{secret}")
    @Door(Who.ANYONE)
    ResponseEntity<byte[]> receipt(
            @PathVariable String secret, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        Optional<Receipts.Kept> kept = departures.receipt(secret);
        if (Browser.asks(request)) {
            return page(kept, request, response);
        }
        return json(kept.orElseThrow(() ->
                Problem.of(ProblemType.NOT_FOUND, "There is no such receipt.").thrown()));
    }

    private ResponseEntity<byte[]> page(
            Optional<Receipts.Kept> kept, HttpServletRequest request, HttpServletResponse response) {
        ReceiptPage page = new ReceiptPage(new Links(request, settings.path(), departures).to("/page.css"));
        response.setHeader("Content-Security-Policy", ReceiptPage.POLICY);
        return ResponseEntity.status(kept.isPresent() ? 200 : 404)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(kept.map(page::of).orElseGet(page::absent).getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseEntity<byte[]> json(Receipts.Kept kept) {
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
