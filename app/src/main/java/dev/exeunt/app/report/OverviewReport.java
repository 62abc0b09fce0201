package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TextTable;
import dev.exeunt.request.AccountRequests.RequestCount;
import dev.exeunt.request.Request;
import dev.exeunt.support.event.SystemStatus;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Shows what is open of all people: their requests, and what external systems still have to get and to answer. */
public record OverviewReport(List<RequestCount> requests, List<SystemStatus> systems, long lateRows) {

    private static final String FAILED = Request.State.FAILED.word();

    public OverviewReport {
        requests = List.copyOf(requests);
        systems = List.copyOf(systems);
    }

    /** Whether an erasure has failed or is late, rows came after an erasure, or staff have to look after a system. */
    public boolean needsStaff() {
        return lateRows > 0
                || requests.stream().anyMatch(r -> r.overdue() > 0 || isFailedErasure(r))
                || systems.stream().anyMatch(SystemsReport::needsStaff);
    }

    /** A person whose export failed asks again; no staff is needed. */
    private static boolean isFailedErasure(RequestCount count) {
        return count.state().equals(FAILED) && !count.kind().equals("export") && count.requests() > 0;
    }

    public void text(ReportPage page) {
        if (requests.isEmpty()) {
            page.line("There is no request.");
        } else {
            TextTable table = new TextTable("kind", "state", ">requests", ">overdue", ">due in 7 days");
            requests.forEach(r -> table.row(r.kind(), r.state(), r.requests(), r.overdue(), r.soon()));
            page.table(table, "");
        }
        if (lateRows > 0) {
            page.line("Rows of " + LateRowsReport.people(lateRows) + " came after the erasure: exeunt late-rows");
        }
        if (systems.isEmpty()) {
            return;
        }
        page.line(page.style().bold("external systems: ")
                + CountText.of(sum(SystemStatus::unanswered), "answer") + " waited for, "
                + sum(SystemStatus::overdue) + " of them overdue; "
                + CountText.of(sum(SystemStatus::refused), "refusal") + "; "
                + CountText.of(sum(SystemStatus::failed), "event") + " given up.");
        if (systems.stream().anyMatch(SystemsReport::needsStaff)) {
            page.line("To see them: exeunt systems");
        }
    }

    private long sum(ToLongFunction<SystemStatus> what) {
        return systems.stream().mapToLong(what).sum();
    }

    public Map<String, @Nullable Object> json() {
        return JsonOutput.object(
                "requests",
                requests.stream()
                        .map(r -> JsonOutput.object(
                                "kind", r.kind(),
                                "state", r.state(),
                                "requests", r.requests(),
                                "overdue", r.overdue(),
                                "soon", r.soon()))
                        .toList(),
                "lateRows",
                lateRows,
                "systems",
                JsonOutput.object(
                        "unanswered", sum(SystemStatus::unanswered),
                        "overdue", sum(SystemStatus::overdue),
                        "refused", sum(SystemStatus::refused),
                        "failed", sum(SystemStatus::failed)));
    }
}
