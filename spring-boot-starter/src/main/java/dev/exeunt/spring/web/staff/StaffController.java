package dev.exeunt.spring.web.staff;

import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportJobs.NewExport;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.RequestListPage;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.signin.CallAccess.SignInAge;
import dev.exeunt.spring.signin.Caller;
import dev.exeunt.spring.web.call.AccountJson;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.ExportJson;
import dev.exeunt.spring.web.call.IdempotencyHeader;
import dev.exeunt.spring.web.call.JsonBody;
import dev.exeunt.spring.web.call.PageCursor;
import dev.exeunt.spring.web.call.RequestView;
import dev.exeunt.spring.web.call.ResponseLinks;
import dev.exeunt.spring.web.call.SubmittedExport;
import dev.exeunt.spring.web.call.SubmittedRequest;
import dev.exeunt.spring.web.call.TypedConfirmation;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.json.JsonResponse;
import dev.exeunt.spring.web.person.AccountController;
import dev.exeunt.support.event.ExternalSystems;
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

/** Handles the calls of staff, who act for a person and give a reason. */
@RestController
public final class StaffController implements ExeuntController {

    private static final Map<String, AccountFlow> FLOWS = Map.of(
            "data-deletion",
            AccountFlow.DELETE_DATA,
            "deactivation",
            AccountFlow.DEACTIVATE,
            "deletion",
            AccountFlow.DELETE_ACCOUNT);

    private final AccountRequests requests;
    private final ExportJobs exports;
    private final ExternalSystems systems;
    private final ExeuntSettings settings;
    private final Clock clock;

    public StaffController(
            AccountRequests requests,
            ExportJobs exports,
            ExternalSystems systems,
            ExeuntSettings settings,
            Clock clock) {
        this.requests = requests;
        this.exports = exports;
        this.systems = systems;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping("/admin/requests")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> requests(
            @RequestParam(defaultValue = "open") String state,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") String size) {
        RequestListPage page = requests.listRequests(
                PageCursor.all(state), after == null ? null : PageCursor.read(after), PageCursor.size(size));
        return JsonResponse.ok(HttpJson.object(
                "requests",
                RequestView.staff(page.entries(), systems),
                "next",
                page.next() == null ? null : PageCursor.write(page.next())));
    }

    @GetMapping("/admin/{subject}")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> status(@PathVariable String subject, HttpServletRequest request) {
        Map<String, @Nullable Object> status = AccountJson.status(requests.status(subject), List.of(), view(request));
        status.keySet().removeAll(Set.of("banner", "flows")); // which are for the person's own pages
        status.put(
                "exports",
                json(request, subject)
                        .status(exports.status(subject), List.of())
                        .get("exports"));
        return JsonResponse.ok(status);
    }

    @PostMapping("/admin/{subject}/export")
    @CallAccess(value = CallerKind.STAFF, recent = SignInAge.FLOW)
    ResponseEntity<byte[]> export(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @PathVariable String subject, HttpServletRequest request)
            throws IOException {
        JsonBody body = JsonBody.of(request, Set.of("reason", "format", "sections", "confirm"));
        String reason = body.reason();
        BundleFormat format = body.format();
        List<String> sections = body.names("sections");
        confirmed(caller, subject, body);
        SubmittedExport asked = SubmittedExport.submit(
                exports,
                new NewExport(subject, format, caller.asStaff(), reason, IdempotencyHeader.key(request), sections));
        return JsonResponse.of(asked.status(), json(request, subject).job(asked.job()));
    }

    private ExportJson json(HttpServletRequest request, String subject) {
        return ExportJson.forStaff(request, settings.path(), subject, clock.instant());
    }

    private RequestView view(HttpServletRequest request) {
        return new RequestView(new ResponseLinks(request, settings.path(), requests), systems);
    }

    @PostMapping("/admin/{subject}/{flow:data-deletion|deactivation|deletion}")
    @CallAccess(value = CallerKind.STAFF, recent = SignInAge.FLOW)
    ResponseEntity<byte[]> leave(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String subject,
            @PathVariable String flow,
            HttpServletRequest request)
            throws IOException {
        JsonBody body = JsonBody.of(request, Set.of("reason", "override", "confirm"));
        String reason = body.reason();
        boolean override = body.flag("override");
        confirmed(caller, subject, body);
        String known = IdempotencyHeader.key(request);
        AccountFlow wanted = java.util.Objects.requireNonNull(FLOWS.get(flow));
        SubmittedRequest asked = SubmittedRequest.submit(
                requests, new NewRequest(wanted, subject, caller.asStaff(), reason, null, null, override, known));
        return JsonResponse.of(asked.status(), view(request).json(asked.request()));
    }

    @PostMapping("/admin/{subject}/{back:cancellation|reactivation}")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> back(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String subject,
            @PathVariable String back,
            HttpServletRequest request)
            throws IOException {
        String reason = JsonBody.reasonOf(request);
        return AccountController.back(
                back.equals("cancellation")
                        ? requests.cancel(subject, caller.asStaff(), reason)
                        : requests.reactivate(subject, caller.asStaff(), reason),
                view(request));
    }

    @PostMapping("/admin/{subject}/retry")
    @CallAccess(value = CallerKind.STAFF, recent = SignInAge.FLOW)
    ResponseEntity<byte[]> retry(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @PathVariable String subject, HttpServletRequest request)
            throws IOException {
        JsonBody body = JsonBody.of(request, Set.of("reason", "confirm"));
        String reason = body.reason();
        confirmed(caller, subject, body);
        return JsonResponse.ok(
                HttpJson.object("requests", view(request).json(requests.retry(subject, caller.asStaff(), reason))));
    }

    /** Once the rest of the body is seen to be right. */
    private void confirmed(Caller caller, String subject, JsonBody body) {
        String typed = body.text("confirm");
        body.valid();
        new TypedConfirmation(settings.recentSignIn()).requireOfStaff(caller, subject, typed);
    }
}
