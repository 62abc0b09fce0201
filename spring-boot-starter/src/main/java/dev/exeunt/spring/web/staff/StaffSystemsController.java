package dev.exeunt.spring.web.staff;

import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.signin.Caller;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.JsonBody;
import dev.exeunt.spring.web.call.PageCursor;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.json.JsonResponse;
import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import dev.exeunt.support.event.DeliveryEntry;
import dev.exeunt.support.event.DeliveryPage;
import dev.exeunt.support.event.ExternalSystems;
import dev.exeunt.support.event.ExternalSystems.DeliveryFilter;
import dev.exeunt.support.event.SystemStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows staff what external systems still have to get and to answer, and lets them send again, pause and close. */
@RestController
public final class StaffSystemsController implements ExeuntController {

    private final ExternalSystems systems;

    public StaffSystemsController(ExternalSystems systems) {
        this.systems = systems;
    }

    @GetMapping("/admin/systems")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> all() {
        return JsonResponse.ok(HttpJson.object(
                "systems", systems.status().stream().map(SystemStatus::toMap).toList()));
    }

    /** @param only which deliveries, as {@link DeliveryFilter} names them in small letters */
    @GetMapping("/admin/systems/{system}/events")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> events(
            @PathVariable String system,
            @RequestParam(defaultValue = "all") String only,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") String size) {
        DeliveryFilter filter = filter(only);
        Long position = after == null ? null : PageCursor.readPosition(after);
        int most = PageCursor.size(size);
        requireKnown(system);
        DeliveryPage page = systems.page(system, filter, position, most);
        return JsonResponse.ok(HttpJson.object(
                "events",
                page.entries().stream().map(DeliveryEntry::toMap).toList(),
                "next",
                page.next() == null ? null : PageCursor.write(page.next())));
    }

    /** Shows to which systems an event goes, and what became of it at each. */
    @GetMapping("/admin/events/{event}")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> event(@PathVariable String event) {
        List<DeliveryEntry> deliveries = systems.ofEvent(id(event));
        if (deliveries.isEmpty()) {
            throw noEvent();
        }
        return JsonResponse.ok(HttpJson.object(
                "deliveries", deliveries.stream().map(DeliveryEntry::toMap).toList()));
    }

    @PostMapping("/admin/systems/{system}/events/{event}/resend")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> resend(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String system,
            @PathVariable String event,
            HttpServletRequest request)
            throws IOException {
        String reason = optionalReason(request);
        DeliveryEntry delivery = delivery(system, event);
        if (!systems.resend(delivery.event(), system, caller.asStaff(), reason)) {
            throw unchanged("The event waits already, or what it said is forgotten.");
        }
        return JsonResponse.ok(delivery(system, event).toMap());
    }

    @PostMapping("/admin/systems/{system}/resend-failed")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> resendFailed(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @PathVariable String system, HttpServletRequest request)
            throws IOException {
        String reason = optionalReason(request);
        requireKnown(system);
        return JsonResponse.ok(HttpJson.object("events", systems.resendFailed(system, caller.asStaff(), reason)));
    }

    @PostMapping("/admin/systems/{system}/pause")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> pause(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @PathVariable String system, HttpServletRequest request)
            throws IOException {
        String reason = JsonBody.reasonOf(request);
        requireKnown(system);
        if (!systems.pause(system, caller.asStaff(), reason)) {
            throw unchanged("The system is paused already.");
        }
        return one(system);
    }

    @PostMapping("/admin/systems/{system}/resume")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> resume(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @PathVariable String system, HttpServletRequest request)
            throws IOException {
        String reason = optionalReason(request);
        requireKnown(system);
        if (!systems.resume(system, caller.asStaff(), reason)) {
            throw unchanged("The system is not paused.");
        }
        return one(system);
    }

    @PostMapping("/admin/systems/{system}/events/{event}/close")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> close(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String system,
            @PathVariable String event,
            HttpServletRequest request)
            throws IOException {
        String reason = JsonBody.reasonOf(request);
        DeliveryEntry delivery = delivery(system, event);
        if (!systems.close(delivery.event(), system, caller.asStaff(), reason)) {
            throw unchanged("No answer to this event is due from this system, or it has answered otherwise.");
        }
        return JsonResponse.ok(delivery(system, event).toMap());
    }

    private ResponseEntity<byte[]> one(String system) {
        return JsonResponse.ok(systems.status().stream()
                .filter(s -> s.system().equals(system))
                .map(SystemStatus::toMap)
                .findFirst()
                .orElseThrow());
    }

    private DeliveryEntry delivery(String system, String event) {
        return systems.ofEvent(id(event)).stream()
                .filter(d -> d.system().equals(system))
                .findFirst()
                .orElseThrow(StaffSystemsController::noEvent);
    }

    private void requireKnown(String system) {
        if (!systems.names().contains(system)) {
            throw HttpProblem.of(ProblemType.NOT_FOUND, "There is no system of this name.")
                    .thrown();
        }
    }

    private static UUID id(String text) {
        if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw noEvent();
        }
        return UUID.fromString(text);
    }

    private static HttpProblem.ProblemException noEvent() {
        return HttpProblem.of(ProblemType.NOT_FOUND, "There is no such event.").thrown();
    }

    private static HttpProblem.ProblemException unchanged(String why) {
        return HttpProblem.of(ProblemType.UNCHANGED, why).thrown();
    }

    private static DeliveryFilter filter(String only) {
        return Arrays.stream(DeliveryFilter.values())
                .filter(f -> word(f).equals(only))
                .findFirst()
                .orElseThrow(() -> HttpProblem.of(
                                ProblemType.INVALID,
                                "only is one of: "
                                        + Arrays.stream(DeliveryFilter.values())
                                                .map(StaffSystemsController::word)
                                                .collect(Collectors.joining(", "))
                                        + ".")
                        .thrown());
    }

    private static String word(DeliveryFilter filter) {
        return filter.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String optionalReason(HttpServletRequest request) throws IOException {
        JsonBody body = JsonBody.of(request, Set.of("reason"));
        String reason = body.text("reason");
        body.valid();
        return reason == null || reason.isBlank() ? null : reason;
    }
}
