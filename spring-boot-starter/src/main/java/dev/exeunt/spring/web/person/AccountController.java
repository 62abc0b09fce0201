package dev.exeunt.spring.web.person;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.signin.CallAccess.SignInAge;
import dev.exeunt.spring.signin.Caller;
import dev.exeunt.spring.signin.PublicScheme;
import dev.exeunt.spring.web.call.AcceptedLanguages;
import dev.exeunt.spring.web.call.AccountJson;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.IdempotencyHeader;
import dev.exeunt.spring.web.call.JsonBody;
import dev.exeunt.spring.web.call.PersonStatus;
import dev.exeunt.spring.web.call.PreviewJson;
import dev.exeunt.spring.web.call.RequestView;
import dev.exeunt.spring.web.call.ResponseLinks;
import dev.exeunt.spring.web.call.SubmittedRequest;
import dev.exeunt.spring.web.call.TypedConfirmation;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.json.JsonResponse;
import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import dev.exeunt.support.event.ExternalSystems;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Handles requests to delete data, deactivate or delete an account, and their withdrawal. */
@RestController
public final class AccountController implements ExeuntController {

    private final AccountRequests requests;
    private final DataMap map;
    private final ExeuntSettings settings;
    private final PublicScheme scheme;
    private final ExternalSystems systems;
    private final PersonStatus status;
    private final Clock clock;

    public AccountController(
            AccountRequests requests,
            DataMap map,
            ExeuntSettings settings,
            PublicScheme scheme,
            ExternalSystems systems,
            PersonStatus status,
            Clock clock) {
        this.requests = requests;
        this.map = map;
        this.settings = settings;
        this.scheme = scheme;
        this.systems = systems;
        this.status = status;
        this.clock = clock;
    }

    private RequestView view(HttpServletRequest request) {
        return new RequestView(new ResponseLinks(request, settings.path(), requests), systems);
    }

    @GetMapping
    @CallAccess(CallerKind.PERSON)
    ResponseEntity<byte[]> status(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        return JsonResponse.ok(status.account(caller.key(), request));
    }

    @GetMapping("/preview")
    @CallAccess(CallerKind.PERSON)
    ResponseEntity<byte[]> preview(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestParam(required = false) @Nullable String flow,
            HttpServletRequest request) {
        AccountFlow wanted = AccountFlow.of(String.valueOf(flow))
                .orElseThrow(() -> HttpProblem.of(
                                ProblemType.INVALID,
                                "Name the flow: ?flow= one of " + String.join(", ", AccountFlow.words()) + ".")
                        .thrown());
        var warned = requests.previewRequest(wanted, caller.key());
        var preview = requests.previewErasure(wanted, caller.key());
        DataMap.Offer offer = map.offer(wanted).orElseThrow();
        Map<String, @Nullable Object> json =
                new PreviewJson(offer, clock.instant(), AcceptedLanguages.of(request)).json(warned, preview);
        json.put("type", typing().word(caller, offer));
        return JsonResponse.ok(json);
    }

    @PostMapping("/data-deletion")
    @CallAccess(value = CallerKind.PERSON, whileAway = false, recent = SignInAge.FLOW)
    ResponseEntity<byte[]> deleteData(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request)
            throws IOException {
        return leave(AccountFlow.DELETE_DATA, caller, request);
    }

    /** Allowed while the account is deactivated, too: a repeated call returns the same request. */
    @PostMapping("/deactivation")
    @CallAccess(value = CallerKind.PERSON, recent = SignInAge.FLOW)
    ResponseEntity<byte[]> deactivate(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request)
            throws IOException {
        return leave(AccountFlow.DEACTIVATE, caller, request);
    }

    @PostMapping("/deletion")
    @CallAccess(value = CallerKind.PERSON, recent = SignInAge.FLOW)
    ResponseEntity<byte[]> deleteAccount(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request)
            throws IOException {
        return leave(AccountFlow.DELETE_ACCOUNT, caller, request);
    }

    @DeleteMapping
    @CallAccess(value = CallerKind.PERSON, recent = SignInAge.FLOW)
    ResponseEntity<byte[]> delete(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request)
            throws IOException {
        return leave(AccountFlow.DELETE_ACCOUNT, caller, request);
    }

    private ResponseEntity<byte[]> leave(AccountFlow flow, Caller caller, HttpServletRequest request)
            throws IOException {
        JsonBody body = JsonBody.of(request, Set.of("confirm", "acknowledge", "reason"));
        String typed = body.text("confirm");
        String acknowledged = body.text("acknowledge");
        String reason = body.text("reason");
        body.valid();
        typing().require(caller, map.offer(flow).orElse(null), typed);
        String known = IdempotencyHeader.key(request);
        SubmittedRequest asked = SubmittedRequest.submit(
                requests, new NewRequest(flow, caller.key(), Actor.SELF, reason, typed, acknowledged, false, known));
        ResponseEntity.BodyBuilder reply =
                ResponseEntity.status(asked.status()).contentType(MediaType.APPLICATION_JSON);
        if (flow != AccountFlow.DELETE_DATA && settings.sessionCookie() != null) {
            reply.header(HttpHeaders.SET_COOKIE, cleared(settings.sessionCookie(), scheme.isHttps(request)));
        }
        return reply.body(HttpJson.bytes(view(request).json(asked.request())));
    }

    private TypedConfirmation typing() {
        return new TypedConfirmation(settings.recentSignIn());
    }

    /** Browsers accept a cookie with a prefixed name only over HTTPS and with {@code Secure}. */
    private static String cleared(String name, boolean https) {
        boolean secure = https || name.startsWith("__Host-") || name.startsWith("__Secure-");
        return ResponseCookie.from(name, "")
                .path("/")
                .maxAge(0)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .build()
                .toString();
    }

    @PostMapping("/cancellation")
    @CallAccess(CallerKind.PERSON)
    ResponseEntity<byte[]> cancel(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request)
            throws IOException {
        return back(requests.cancel(caller.key(), Actor.SELF, reason(request)), view(request));
    }

    @PostMapping("/reactivation")
    @CallAccess(CallerKind.PERSON)
    ResponseEntity<byte[]> reactivate(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request)
            throws IOException {
        return back(requests.reactivate(caller.key(), Actor.SELF, reason(request)), view(request));
    }

    private static @Nullable String reason(HttpServletRequest request) throws IOException {
        JsonBody body = JsonBody.of(request, Set.of("reason"));
        String reason = body.text("reason");
        body.valid();
        return reason;
    }

    public static ResponseEntity<byte[]> back(AccountRequests.WithdrawalResult returned, RequestView view) {
        Map<String, @Nullable Object> json = view.json(returned.request());
        json.put(
                "restored",
                returned.restored().tables().stream().map(AccountJson::restored).toList());
        return JsonResponse.ok(json);
    }
}
