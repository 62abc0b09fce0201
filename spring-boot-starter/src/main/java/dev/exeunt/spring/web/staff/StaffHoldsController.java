package dev.exeunt.spring.web.staff;

import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.signin.Caller;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.JsonBody;
import dev.exeunt.spring.web.call.RequestJson;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.json.JsonResponse;
import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows staff the legal holds, and lets them place and release holds. */
@RestController
public final class StaffHoldsController implements ExeuntController {

    private static final String UUID_FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final int LONGEST_KEY = 1_000;

    private final LegalHolds holds;

    public StaffHoldsController(LegalHolds holds) {
        this.holds = holds;
    }

    /** @param state {@code active}, or {@code all} for ended ones as well */
    @GetMapping("/admin/holds")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> list(
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(defaultValue = "active") String state) {
        if (!Set.of("active", "all").contains(state)) {
            throw HttpProblem.of(ProblemType.INVALID, "state is active or all.").thrown();
        }
        return JsonResponse.ok(HttpJson.object(
                "holds",
                holds.list(subject, state.equals("all")).stream()
                        .map(StaffHoldsController::json)
                        .toList()));
    }

    @PostMapping("/admin/holds")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> place(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request)
            throws IOException {
        JsonBody body = JsonBody.of(request, Set.of("subject", "receipt", "tables", "reason", "until", "tell"));
        String subject = body.text("subject", LONGEST_KEY);
        UUID receipt = body.id("receipt");
        List<String> tables = body.names("tables");
        Instant until = body.moment("until");
        boolean tell = body.flag("tell");
        String reason = body.reason();
        body.valid();
        if ((subject == null) == (receipt == null)) {
            throw HttpProblem.of(ProblemType.INVALID, "Write either subject or receipt.")
                    .thrown();
        }
        NewLegalHold wanted = new NewLegalHold(subject, receipt, tables, reason, until, tell);
        return JsonResponse.ok(json(holds.place(wanted, caller.asStaff())));
    }

    @PostMapping("/admin/holds/{hold}/release")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> release(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @PathVariable String hold, HttpServletRequest request)
            throws IOException {
        String reason = JsonBody.reasonOf(request);
        if (!hold.matches(UUID_FORM)) {
            throw HttpProblem.of(ProblemType.NOT_FOUND, "There is no such hold.")
                    .thrown();
        }
        return JsonResponse.ok(json(holds.release(UUID.fromString(hold), caller.asStaff(), reason)));
    }

    private static Map<String, @Nullable Object> json(LegalHold hold) {
        return HttpJson.object(
                "id", hold.id().toString(),
                "subject", hold.subject(),
                "receipt", hold.receipt() == null ? null : hold.receipt().toString(),
                "tables", hold.tables(),
                "reason", hold.reason(),
                "placedAt", RequestJson.text(hold.placedAt()),
                "placedBy", hold.placedBy(),
                "until", RequestJson.text(hold.until()),
                "told", hold.told(),
                "active", hold.active(),
                "releasedAt", RequestJson.text(hold.releasedAt()),
                "releasedBy", hold.releasedBy());
    }
}
