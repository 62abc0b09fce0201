package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.request.AccountRequests.AccountStatus;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.Request;
import dev.exeunt.support.event.OpenAnswers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a person stands: the gate's word, and each of their requests by itself. */
public final class StatusReport {

    private StatusReport() {}

    /** @param open what systems still have to answer about requests that are erased here, by the request */
    public static void text(AccountStatus status, Map<UUID, OpenAnswers> open, ReportPage page) {
        page.line(page.style().bold("gate: ") + line(status.gate()));
        if (status.requests().isEmpty()) {
            page.line("No request to leave is on record under this key.");
        }
        status.requests().forEach(r -> {
            RequestReport.one(r, page);
            OpenAnswers answers = open.get(r.id());
            if (answers != null) {
                systems(answers, page);
            }
        });
    }

    private static void systems(OpenAnswers open, ReportPage page) {
        if (!open.complete()) {
            page.folded(
                    "  ",
                    "not done everywhere: waiting until " + open.until() + " for the answer of "
                            + String.join(", ", open.waiting()));
        }
        named("overdue: ", open.overdue(), page);
        named("refused: ", open.refused(), page);
        named("not told, since the event was given up: ", open.givenUp(), page);
    }

    private static void named(String what, List<String> systems, ReportPage page) {
        if (!systems.isEmpty()) {
            page.folded("  ", what + String.join(", ", systems));
        }
    }

    /** {@code blocked until 2026-03-01T12:00:00Z}: to be read by people and shells. */
    public static String line(GateDecision gate) {
        return gate.state().word() + (gate.until() == null ? "" : " until " + gate.until());
    }

    /** @param open as in {@link #text} */
    public static Map<String, @Nullable Object> json(AccountStatus status, Map<UUID, OpenAnswers> open) {
        return JsonOutput.object(
                "gate", json(status.gate()),
                "dataDeletionRequestedAt", status.dataDeletionRequestedAt(),
                "deactivatedAt", status.deactivatedAt(),
                "reactivatedAt", status.reactivatedAt(),
                "requests",
                        status.requests().stream()
                                .map(r -> json(r, open.get(r.id())))
                                .toList());
    }

    private static Map<String, @Nullable Object> json(Request request, @Nullable OpenAnswers open) {
        Map<String, @Nullable Object> json = RequestReport.json(request);
        json.put("systems", open == null ? null : open.toMap());
        return json;
    }

    public static Map<String, @Nullable Object> json(GateDecision gate) {
        return JsonOutput.object("state", gate.state().word(), "until", gate.until());
    }
}
