package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TextTable;
import dev.exeunt.erase.RestoreResult.TableRestoreResult;
import dev.exeunt.request.AccountRequests.WithdrawalResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports what was restored when a request was withdrawn. */
public final class WithdrawalReport {

    private WithdrawalReport() {}

    public static void text(WithdrawalResult back, ReportPage page) {
        List<TableRestoreResult> tables = back.restored().tables();
        long rows = tables.stream().mapToLong(TableRestoreResult::rows).sum();
        RequestReport.one(back.request(), page);
        page.blank();
        if (back.restored().exact()) {
            page.line(page.style().green("Put back exactly as it was: " + CountText.of(rows, "row") + "."));
        } else {
            page.line(page.style()
                    .yellow("Put back, but not all of it as it was: " + CountText.of(rows, "row") + " exactly."));
        }
        TextTable table = new TextTable("Table", ">As it was", ">Changed meanwhile", ">Not brought back");
        tables.forEach(t -> table.row(t.table(), t.rows(), t.changed(), t.gone()));
        if (!table.isEmpty()) {
            page.table(table, "  ");
        }
        if (!back.restored().exact()) {
            page.aside(
                    "  ",
                    "Where a row was changed meanwhile, that change stays and the rest is as it was. A row was not"
                            + " brought back if it, or a row it belongs to, was deleted meanwhile, or if its place is taken.");
        }
    }

    public static Map<String, @Nullable Object> json(WithdrawalResult back) {
        return JsonOutput.object(
                "request", RequestReport.json(back.request()),
                "exact", back.restored().exact(),
                "tables",
                        back.restored().tables().stream()
                                .map(WithdrawalReport::json)
                                .toList());
    }

    private static Map<String, @Nullable Object> json(TableRestoreResult table) {
        return JsonOutput.object(
                "table", table.table(),
                "asItWas", table.rows(),
                "changedMeanwhile", table.changed(),
                "notBroughtBack", table.gone());
    }
}
