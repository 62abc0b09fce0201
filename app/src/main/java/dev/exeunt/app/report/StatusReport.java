package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.request.AccountRequests.AccountStatus;
import dev.exeunt.request.GateDecision;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a person stands: the gate's word, and each of their requests by itself. */
public final class StatusReport {

    private StatusReport() {}

    public static void text(AccountStatus status, ReportPage page) {
        page.line(page.style().bold("gate: ") + line(status.gate()));
        if (status.requests().isEmpty()) {
            page.line("No request to leave is on record under this key.");
        }
        status.requests().forEach(r -> RequestReport.one(r, page));
    }

    /** {@code blocked until 2026-03-01T12:00:00Z}: to be read by people and shells. */
    public static String line(GateDecision gate) {
        return gate.state().word() + (gate.until() == null ? "" : " until " + gate.until());
    }

    public static Map<String, @Nullable Object> json(AccountStatus status) {
        return JsonOutput.object(
                "gate", json(status.gate()),
                "dataDeletionRequestedAt", status.dataDeletionRequestedAt(),
                "deactivatedAt", status.deactivatedAt(),
                "reactivatedAt", status.reactivatedAt(),
                "requests", status.requests().stream().map(RequestReport::json).toList());
    }

    public static Map<String, @Nullable Object> json(GateDecision gate) {
        return JsonOutput.object("state", gate.state().word(), "until", gate.until());
    }
}
