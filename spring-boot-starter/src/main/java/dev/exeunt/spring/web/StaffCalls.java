package dev.exeunt.spring.web;

import dev.exeunt.delivery.ExportJob;
import dev.exeunt.delivery.Exports;
import dev.exeunt.lifecycle.Ask;
import dev.exeunt.lifecycle.Departures;
import dev.exeunt.lifecycle.Register;
import dev.exeunt.lifecycle.Request;
import dev.exeunt.map.ExportSettings.Format;
import dev.exeunt.map.Flow;
import dev.exeunt.spring.settings.Settings;
import dev.exeunt.spring.signin.Caller;
import dev.exeunt.spring.signin.Door;
import dev.exeunt.spring.signin.Door.Recent;
import dev.exeunt.spring.signin.Door.Who;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** For staff, who act for somebody, say why, and are written down. */
@RestController
final class StaffCalls implements Calls {

    private static final Map<String, Flow> FLOWS =
            Map.of("data-deletion", Flow.DELETE_DATA, "deactivation", Flow.DEACTIVATE, "deletion", Flow.DELETE_ACCOUNT);

    private final Departures departures;
    private final Exports exports;
    private final Settings settings;
    private final Clock clock;

    StaffCalls(Departures departures, Exports exports, Settings settings, Clock clock) {
        this.departures = departures;
        this.exports = exports;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping("/admin/requests")
    @Door(Who.STAFF)
    ResponseEntity<byte[]> requests(
            @RequestParam(defaultValue = "open") String state,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") String size) {
        Register.Page page =
                departures.register(Cursor.all(state), after == null ? null : Cursor.read(after), Cursor.size(size));
        return Reply.ok(Json.object(
                "requests",
                page.entries().stream().map(RequestJson::staff).toList(),
                "next",
                page.next() == null ? null : Cursor.write(page.next())));
    }

    @GetMapping("/admin/{subject}")
    @Door(Who.STAFF)
    ResponseEntity<byte[]> status(@PathVariable String subject, HttpServletRequest request) {
        Map<String, @Nullable Object> status =
                AccountJson.status(departures.status(subject), List.of(), links(request));
        status.keySet().removeAll(Set.of("banner", "flows")); // which are for the person's own pages
        status.put(
                "exports",
                json(request, subject).status(exports.status(subject)).get("exports"));
        return Reply.ok(status);
    }

    @PostMapping("/admin/{subject}/export")
    @Door(value = Who.STAFF, recent = Recent.FLOW)
    ResponseEntity<byte[]> export(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @PathVariable String subject, HttpServletRequest request)
            throws IOException {
        Body body = Body.of(request, Set.of("reason", "format", "confirm"));
        String reason = body.reason();
        Format format = body.format();
        confirmed(caller, subject, body);
        ExportJob job = exports.ask(subject, format, caller.asStaff(), reason, Idempotency.key(request));
        return Reply.of(202, json(request, subject).job(job));
    }

    private ExportJson json(HttpServletRequest request, String subject) {
        return ExportJson.forStaff(request, settings.path(), subject, clock.instant());
    }

    private Links links(HttpServletRequest request) {
        return new Links(request, settings.path(), departures);
    }

    @PostMapping("/admin/{subject}/{flow:data-deletion|deactivation|deletion}")
    @Door(value = Who.STAFF, recent = Recent.FLOW)
    ResponseEntity<byte[]> leave(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String subject,
            @PathVariable String flow,
            HttpServletRequest request)
            throws IOException {
        Body body = Body.of(request, Set.of("reason", "override", "confirm"));
        String reason = body.reason();
        boolean override = body.flag("override");
        confirmed(caller, subject, body);
        String known = Idempotency.key(request);
        Flow wanted = java.util.Objects.requireNonNull(FLOWS.get(flow));
        Request asked = departures.ask(new Ask(wanted, subject, caller.asStaff(), reason, null, null, override, known));
        return Reply.of(202, RequestJson.own(asked, links(request)));
    }

    @PostMapping("/admin/{subject}/{back:cancellation|reactivation}")
    @Door(Who.STAFF)
    ResponseEntity<byte[]> back(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String subject,
            @PathVariable String back,
            HttpServletRequest request)
            throws IOException {
        String reason = reason(request);
        return AccountCalls.back(
                back.equals("cancellation")
                        ? departures.cancel(subject, caller.asStaff(), reason)
                        : departures.reactivate(subject, caller.asStaff(), reason),
                links(request));
    }

    @PostMapping("/admin/{subject}/retry")
    @Door(value = Who.STAFF, recent = Recent.FLOW)
    ResponseEntity<byte[]> retry(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @PathVariable String subject, HttpServletRequest request)
            throws IOException {
        Body body = Body.of(request, Set.of("reason", "confirm"));
        String reason = body.reason();
        confirmed(caller, subject, body);
        return Reply.ok(Json.object(
                "requests",
                departures.retry(subject, caller.asStaff(), reason).stream()
                        .map(r -> RequestJson.own(r, links(request)))
                        .toList()));
    }

    /** Once the rest of the body is seen to be right. */
    private void confirmed(Caller caller, String subject, Body body) {
        String typed = body.text("confirm");
        body.valid();
        new TypedConfirmation(settings.recentSignIn()).requireOfStaff(caller, subject, typed);
    }

    private static String reason(HttpServletRequest request) throws IOException {
        Body body = Body.of(request, Set.of("reason"));
        String reason = body.reason();
        body.valid();
        return reason;
    }
}
