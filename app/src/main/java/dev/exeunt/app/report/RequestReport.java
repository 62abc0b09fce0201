package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Request;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports a request to leave with its state and its moments. */
public final class RequestReport {

    private static final int MOMENT = 28;

    private RequestReport() {}

    /** @param again whether the request was open before the command ran */
    public static void text(Request request, boolean again, ReportPage page) {
        if (again) {
            page.line(page.style().yellow("Asked for already") + ": this is the same request. Nothing was changed.");
        }
        one(request, page);
        if (!again && request.state() == Request.State.ERASED) {
            page.line("There is no undo.");
        }
    }

    /** Returns the command that takes the request back, or null where it can no longer be taken back. */
    public static @Nullable String undo(Request request) {
        boolean deactivated = request.flow() == AccountFlow.DEACTIVATE;
        Request.Transition back = deactivated ? Request.Transition.REACTIVATE : Request.Transition.CANCEL;
        return back.from().contains(request.state())
                ? "exeunt " + (deactivated ? "reactivate" : "cancel") + " KEY"
                : null;
    }

    public static void one(Request request, ReportPage page) {
        page.line(page.style().bold(request.flow().word()) + ": "
                + request.state().word());
        moments(request)
                .forEach((name, moment) -> page.line("  " + name + " ".repeat(MOMENT - name.length()) + moment));
        if (!request.requestedBy().equals("self")) {
            page.line("  requested by" + " ".repeat(MOMENT - 12) + request.requestedBy());
        }
        if (request.attempts() > 1 || request.failure() != null) {
            page.line("  attempts" + " ".repeat(MOMENT - 8) + request.attempts());
        }
        if (request.failure() != null) {
            page.folded("  ", "failed: " + request.failure());
        }
        if (request.incomplete()) {
            page.folded(
                    "  ",
                    "incomplete: rows were left alone, since another person holds the same value; the receipt counts them");
        }
    }

    /** Returns the moments that the request has, by the names that the flow gives them. */
    private static Map<String, Instant> moments(Request request) {
        Map<String, Instant> moments = new LinkedHashMap<>();
        put(moments, requested(request.flow()), request.requestedAt());
        put(moments, "soft-deleted at", request.softDeletedAt());
        put(moments, "login blocked until", request.loginBlockedUntil());
        put(moments, "hard delete due at", request.dueAt());
        put(moments, "cancelled at", request.cancelledAt());
        put(moments, "reactivated at", request.reactivatedAt());
        put(moments, "erased at", request.erasedAt());
        return moments;
    }

    private static void put(Map<String, Instant> moments, String name, @Nullable Instant moment) {
        if (moment != null) {
            moments.put(name, moment.truncatedTo(ChronoUnit.SECONDS));
        }
    }

    private static String requested(AccountFlow flow) {
        return switch (flow) {
            case DELETE_DATA -> "data deletion requested at";
            case DEACTIVATE -> "deactivated at";
            case DELETE_ACCOUNT -> "deletion requested at";
        };
    }

    public static Map<String, @Nullable Object> json(Request request, boolean again) {
        return JsonOutput.object("again", again, "request", json(request), "undo", undo(request));
    }

    public static Map<String, @Nullable Object> json(Request request) {
        return JsonOutput.object(
                "id", request.id(),
                "flow", request.flow().word(),
                "state", request.state().word(),
                "requestedAt", request.requestedAt(),
                "requestedBy", request.requestedBy(),
                "softDeletedAt", request.softDeletedAt(),
                "loginBlockedUntil", request.loginBlockedUntil(),
                "dueAt", request.dueAt(),
                "cancelledAt", request.cancelledAt(),
                "reactivatedAt", request.reactivatedAt(),
                "erasedAt", request.erasedAt(),
                "attempts", request.attempts(),
                "failure", request.failure(),
                "incomplete", request.incomplete());
    }
}
