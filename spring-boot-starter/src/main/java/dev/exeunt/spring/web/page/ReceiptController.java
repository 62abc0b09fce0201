package dev.exeunt.spring.web.page;

import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Request;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.web.call.AcceptedLanguages;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.RequestJson;
import dev.exeunt.spring.web.call.ResponseLinks;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.json.JsonResponse;
import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves the receipt of a request by its secret, as HTML or JSON. */
@RestController
public final class ReceiptController implements ExeuntController {

    private final AccountRequests requests;
    private final DataMap map;
    private final ExeuntSettings settings;
    private final ReceiptSystems systems;
    private final Map<String, Map<String, String>> texts = new LinkedHashMap<>();

    public ReceiptController(
            AccountRequests requests,
            DataMap map,
            ExeuntSettings settings,
            HostedPageTexts own,
            ReceiptSystems systems) {
        this.requests = requests;
        this.map = map;
        this.settings = settings;
        this.systems = systems;
        own.texts().receipt().forEach((language, json) -> texts.put(language, ReceiptTexts.of(json)));
    }

    /** As a page in the reader's language for browsers, as JSON for programs. */
    @GetMapping("/receipt/{secret}")
    @CallAccess(CallerKind.PUBLIC)
    ResponseEntity<byte[]> receipt(
            @PathVariable String secret, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        Optional<AccountRequests.StoredReceipt> kept = requests.receipt(secret);
        if (BrowserDetection.asks(request)) {
            return page(kept, secret, request, response);
        }
        return json(kept.orElseThrow(ReceiptController::notFound));
    }

    /** The signed receipt alone, as a file to keep. */
    @GetMapping("/receipt/{secret}/file")
    @CallAccess(CallerKind.PUBLIC)
    ResponseEntity<byte[]> file(@PathVariable String secret) {
        String receipt = requests.receipt(secret)
                .map(AccountRequests.StoredReceipt::receipt)
                .orElseThrow(ReceiptController::notFound);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"receipt.json\"")
                .body(receipt.getBytes(StandardCharsets.UTF_8));
    }

    private static RuntimeException notFound() {
        return HttpProblem.of(ProblemType.NOT_FOUND, "There is no such receipt.")
                .thrown();
    }

    private ResponseEntity<byte[]> page(
            Optional<AccountRequests.StoredReceipt> kept,
            String secret,
            HttpServletRequest request,
            HttpServletResponse response) {
        ResponseLinks links = new ResponseLinks(request, settings.path(), requests);
        ReceiptPage page = new ReceiptPage(links.to("/page.css"), map, AcceptedLanguages.of(request), texts);
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        response.setHeader("Content-Security-Policy", ReceiptPage.POLICY);
        return ResponseEntity.status(kept.isPresent() ? 200 : 404)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(kept.map(each ->
                                page.of(each, systems.of(each.request()), links.to("/receipt/" + secret + "/file")))
                        .orElseGet(page::absent)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private ResponseEntity<byte[]> json(AccountRequests.StoredReceipt kept) {
        Request request = kept.request();
        ReceiptSystems.ReceiptAnswers answers = systems.of(request);
        return JsonResponse.ok(HttpJson.object(
                "flow", request.flow().word(),
                "state", request.state().word(),
                "requestedAt", request.requestedAt().toString(),
                "dueAt", request.dueAt().toString(),
                "erasedAt", RequestJson.text(request.erasedAt()),
                "receipt", kept.receipt() == null ? null : HttpJson.parsed(kept.receipt()),
                "complete", request.erasedAt() != null && answers.complete(),
                "systems", answers.json()));
    }
}
