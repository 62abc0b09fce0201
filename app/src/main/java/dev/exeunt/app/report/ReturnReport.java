package dev.exeunt.app.report;

import dev.exeunt.app.terminal.Json;
import dev.exeunt.app.terminal.Page;
import dev.exeunt.app.terminal.TextTable;
import dev.exeunt.erase.hide.Restored.TableRestored;
import dev.exeunt.lifecycle.Departures.Returned;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was put back when somebody changed their mind: tables and counts. */
public final class ReturnReport {

    private ReturnReport() {}

    public static void text(Returned back, Page page) {
        List<TableRestored> tables = back.restored().tables();
        long rows = tables.stream().mapToLong(TableRestored::rows).sum();
        RequestReport.one(back.request(), page);
        page.blank();
        if (back.restored().exact()) {
            page.line(page.style().green("Put back exactly as it was: " + Counted.of(rows, "row") + "."));
        } else {
            page.line(page.style()
                    .yellow("Put back, but not all of it as it was: " + Counted.of(rows, "row") + " exactly."));
        }
        TextTable table = new TextTable("Table", ">As it was", ">Changed meanwhile", ">Not brought back");
        tables.forEach(t -> table.row(t.table(), t.rows(), t.changed(), t.gone()));
        if (!table.isEmpty()) {
            page.table(table, "  ");
        }
        if (!back.restored().exact()) {
            page.aside(
                    "  ",
                    "Where somebody has changed a row meanwhile, their change stays and the rest is as it was. What does not come"
                            + " back was deleted meanwhile, or what it belonged to was, or its place is taken.");
        }
    }

    public static Map<String, @Nullable Object> json(Returned back) {
        return Json.object(
                "request", RequestReport.json(back.request()),
                "exact", back.restored().exact(),
                "tables",
                        back.restored().tables().stream()
                                .map(ReturnReport::json)
                                .toList());
    }

    private static Map<String, @Nullable Object> json(TableRestored table) {
        return Json.object(
                "table", table.table(),
                "asItWas", table.rows(),
                "changedMeanwhile", table.changed(),
                "notBroughtBack", table.gone());
    }
}
