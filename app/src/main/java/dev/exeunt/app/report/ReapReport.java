package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.erase.Residue.LateRowCounts;
import dev.exeunt.request.AccountRequests.ReapResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports what a run of the reaper did, in counts that name no person. */
public final class ReapReport {

    private ReapReport() {}

    /** @param waits whether the map names systems that an erasure waits for */
    public static void text(ReapResult reaped, boolean waits, ReportPage page) {
        boolean idle = reaped.erased() + reaped.blocked() + reaped.failed() == 0;
        page.line(idle ? "Nothing is due." : "Carried out " + CountText.of(reaped.erased(), "request") + ".");
        if (waits) {
            page.line("Requests that wait for another system (before-erasure of the map) are erased by a later run.");
        }
        if (reaped.held() > 0) {
            page.line("A legal hold keeps " + CountText.of(reaped.held(), "request") + " waiting: exeunt holds");
        }
        if (reaped.blocked() > 0) {
            page.line(page.style().yellow("A guard stands in the way of " + CountText.of(reaped.blocked(), "request"))
                    + "; looked at again later.");
        }
        if (reaped.failed() > 0) {
            page.line(page.style().red("Failed: " + CountText.of(reaped.failed(), "request"))
                    + "; tried again later. exeunt status KEY names table and constraint.");
        }
    }

    /** @param late null where the look for late rows failed */
    public static Map<String, @Nullable Object> json(String worker, ReapResult reaped, @Nullable LateRowCounts late) {
        return JsonOutput.object(
                "worker",
                worker,
                "erased",
                reaped.erased(),
                "blocked",
                reaped.blocked(),
                "failed",
                reaped.failed(),
                "held",
                reaped.held(),
                "lateRowsFound",
                late == null ? null : late.found(),
                "lateRowsErased",
                late == null ? null : late.erased());
    }
}
