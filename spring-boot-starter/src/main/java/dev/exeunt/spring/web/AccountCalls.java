package dev.exeunt.spring.web;

import dev.exeunt.ledger.Actor;
import dev.exeunt.lifecycle.Ask;
import dev.exeunt.lifecycle.Departures;
import dev.exeunt.lifecycle.Request;
import dev.exeunt.lifecycle.RequestState;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Flow;
import dev.exeunt.map.Lifecycle.Offer;
import dev.exeunt.spring.settings.Settings;
import dev.exeunt.spring.signin.Caller;
import dev.exeunt.spring.signin.Door;
import dev.exeunt.spring.signin.Door.Recent;
import dev.exeunt.spring.signin.Door.Who;
import dev.exeunt.spring.signin.PublicScheme;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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

/** To leave, and to come back. */
@RestController
final class AccountCalls implements Calls {

    private final Departures departures;
    private final DataMap map;
    private final Settings settings;
    private final PublicScheme scheme;

    AccountCalls(Departures departures, DataMap map, Settings settings, PublicScheme scheme) {
        this.departures = departures;
        this.map = map;
        this.settings = settings;
        this.scheme = scheme;
    }

    private Links links(HttpServletRequest request) {
        return new Links(request, settings.path(), departures);
    }

    @GetMapping
    @Door(Who.PERSON)
    ResponseEntity<byte[]> status(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        return Reply.ok(AccountJson.status(
                departures.status(caller.key()), map.lifecycle().offers(), links(request)));
    }

    @GetMapping("/preview")
    @Door(Who.PERSON)
    ResponseEntity<byte[]> preview(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @RequestParam(required = false) @Nullable String flow) {
        Flow wanted = Flow.of(String.valueOf(flow))
                .orElseThrow(() -> Problem.of(
                                ProblemType.INVALID,
                                "Say which: ?flow= one of " + String.join(", ", Flow.words()) + ".")
                        .thrown());
        var outlook = departures.outlook(wanted, caller.key());
        var preview = departures.preview(wanted, caller.key());
        Offer offer = map.lifecycle().offer(wanted).orElseThrow();
        Map<String, @Nullable Object> json = AccountJson.preview(offer, outlook, preview);
        json.put("type", typing().word(caller, offer));
        return Reply.ok(json);
    }

    @PostMapping("/data-deletion")
    @Door(value = Who.PERSON, whileAway = false, recent = Recent.FLOW)
    ResponseEntity<byte[]> deleteData(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request)
            throws IOException {
        return leave(Flow.DELETE_DATA, caller, request);
    }

    /** Also while it is deactivated: whoever asks twice gets the same request. */
    @PostMapping("/deactivation")
    @Door(value = Who.PERSON, recent = Recent.FLOW)
    ResponseEntity<byte[]> deactivate(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request)
            throws IOException {
        return leave(Flow.DEACTIVATE, caller, request);
    }

    @PostMapping("/deletion")
    @Door(value = Who.PERSON, recent = Recent.FLOW)
    ResponseEntity<byte[]> deleteAccount(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request)
            throws IOException {
        return leave(Flow.DELETE_ACCOUNT, caller, request);
    }

    @DeleteMapping
    @Door(value = Who.PERSON, recent = Recent.FLOW)
    ResponseEntity<byte[]> delete(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request)
            throws IOException {
        return leave(Flow.DELETE_ACCOUNT, caller, request);
    }

    private ResponseEntity<byte[]> leave(Flow flow, Caller caller, HttpServletRequest request) throws IOException {
        Body body = Body.of(request, Set.of("confirm", "acknowledge", "reason"));
        String typed = body.text("confirm");
        String acknowledged = body.text("acknowledge");
        String reason = body.text("reason");
        body.valid();
        typing().require(caller, map.lifecycle().offer(flow).orElse(null), typed);
        String known = Idempotency.key(request);
        Set<UUID> before = departures.status(caller.key()).requests().stream()
                .map(Request::id)
                .collect(Collectors.toSet());
        Request asked =
                departures.ask(new Ask(flow, caller.key(), Actor.SELF, reason, typed, acknowledged, false, known));
        boolean fresh = !before.contains(asked.id()) && asked.state() != RequestState.ERASED;
        ResponseEntity.BodyBuilder reply =
                ResponseEntity.status(fresh ? 202 : 200).contentType(MediaType.APPLICATION_JSON);
        if (flow != Flow.DELETE_DATA && settings.sessionCookie() != null) {
            reply.header(HttpHeaders.SET_COOKIE, cleared(settings.sessionCookie(), scheme.isHttps(request)));
        }
        return reply.body(Json.bytes(RequestJson.own(asked, links(request))));
    }

    private TypedConfirmation typing() {
        return new TypedConfirmation(settings.recentSignIn());
    }

    /** Browsers take a name with a prefix from nothing but an answer over HTTPS that says {@code Secure}. */
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
    @Door(Who.PERSON)
    ResponseEntity<byte[]> cancel(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request)
            throws IOException {
        return back(departures.cancel(caller.key(), Actor.SELF, reason(request)), links(request));
    }

    @PostMapping("/reactivation")
    @Door(Who.PERSON)
    ResponseEntity<byte[]> reactivate(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request)
            throws IOException {
        return back(departures.reactivate(caller.key(), Actor.SELF, reason(request)), links(request));
    }

    private static @Nullable String reason(HttpServletRequest request) throws IOException {
        Body body = Body.of(request, Set.of("reason"));
        String reason = body.text("reason");
        body.valid();
        return reason;
    }

    static ResponseEntity<byte[]> back(Departures.Returned returned, Links links) {
        Map<String, @Nullable Object> json = RequestJson.own(returned.request(), links);
        json.put(
                "restored",
                returned.restored().tables().stream().map(AccountJson::restored).toList());
        return Reply.ok(json);
    }
}
