package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TextTable;
import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an erasure would do, step by step. */
public final class PlanReport {

    private final ErasurePreview preview;
    private final PlanRowCounts rows;

    public PlanReport(ErasurePreview preview) {
        this.preview = preview;
        this.rows = new PlanRowCounts(preview);
    }

    public void text(ReportPage page) {
        page.line(page.style().bold("Erasing " + CountText.people(preview.subjects()) + " would, in this order:"));
        page.blank();
        page.table(steps(), "  ");
        page.blank();
        kept(page);
        page.folded(
                "",
                "In all: " + CountText.of(rows.deleted(), "row") + " deleted, " + TextTable.number(rows.changed())
                        + " changed, " + TextTable.number(rows.untouched())
                        + " left as they are. A row that several roles reach is counted in each.");
    }

    public void nothingWritten(ReportPage page) {
        page.line(page.style().green("Nothing was written."));
    }

    public void statements(ReportPage page) {
        page.blank();
        page.line(page.style().bold("Statements:"));
        preview.statements().forEach(s -> {
            page.blank();
            page.line(s.endsWith(";") ? s : s + ";");
        });
        page.blank();
    }

    private TextTable steps() {
        TextTable table = new TextTable(">Step", "Table", "Role", "Fate", ">Rows");
        List<PlanStep> steps = preview.plan().steps();
        int reasonFrom = 1;
        for (int number = 1; number <= steps.size(); number++) {
            PlanStep step = steps.get(number - 1);
            rows(table, number, step);
            boolean sameReason =
                    number < steps.size() && steps.get(number).why().equals(step.why());
            if (!sameReason) {
                String which = reasonFrom == number ? "step " + number : "steps " + reasonFrom + " to " + number;
                table.aside("why " + which + ": " + step.why());
                reasonFrom = number + 1;
            }
        }
        return table;
    }

    private void rows(TextTable table, int number, PlanStep step) {
        String shown = Integer.toString(number);
        for (PlannedRole role : PlanRowCounts.roles(step)) {
            table.row(shown, role.id().table(), role.id().role(), role.fate().word(), rows.rows(role));
            shown = "";
        }
    }

    private void kept(ReportPage page) {
        List<PlanRowCounts.KeptRole> kept = rows.kept();
        if (kept.isEmpty()) {
            return;
        }
        page.line(page.style().bold("Kept on purpose:"));
        page.blank();
        TextTable table = new TextTable("Table", "Role", ">Rows", "What", "Basis", "For", "Why");
        for (PlanRowCounts.KeptRole one : kept) {
            Fate.Keep keep = one.role().fate().keep().orElse(null);
            table.row(
                    one.role().id().table(),
                    one.role().id().role(),
                    one.rows(),
                    keep == null ? CountText.of(one.columns().size(), "column") : "rows",
                    keep == null || keep.basis() == null ? "" : keep.basis(),
                    keep == null || keep.howLong() == null ? "" : keep.howLong(),
                    keep == null ? "retain: " + String.join(", ", one.columns()) : keep.reason());
        }
        page.table(table, "  ");
        page.blank();
    }

    public Map<String, @Nullable Object> json(boolean withStatements) {
        Map<String, @Nullable Object> json = JsonOutput.object(
                "subjects", preview.subjects(),
                "planDigest", preview.plan().digest(),
                "catalogueDigest", preview.plan().catalogueDigest(),
                "steps", stepsJson(),
                "kept", rows.kept().stream().map(PlanReport::keptJson).toList(),
                "totals",
                        JsonOutput.object(
                                "deleted", rows.deleted(),
                                "changed", rows.changed(),
                                "untouched", rows.untouched()));
        if (withStatements) {
            json.put("statements", preview.statements());
        }
        return json;
    }

    private List<Object> stepsJson() {
        List<Object> steps = new ArrayList<>();
        for (PlanStep step : preview.plan().steps()) {
            steps.add(JsonOutput.object(
                    "step",
                    steps.size() + 1,
                    "kind",
                    step instanceof PlanStep.DeleteStep ? "delete" : "update",
                    "why",
                    step.why(),
                    "roles",
                    PlanRowCounts.roles(step).stream()
                            .map(r -> JsonOutput.object(
                                    "table", r.id().table(),
                                    "role", r.id().role(),
                                    "fate", r.fate().word(),
                                    "rows", rows.rows(r)))
                            .toList()));
        }
        return steps;
    }

    private static Map<String, @Nullable Object> keptJson(PlanRowCounts.KeptRole kept) {
        Fate.Keep keep = kept.role().fate().keep().orElse(null);
        return JsonOutput.object(
                "table",
                kept.role().id().table(),
                "role",
                kept.role().id().role(),
                "rows",
                kept.rows(),
                "reason",
                keep == null ? null : keep.reason(),
                "basis",
                keep == null ? null : keep.basis(),
                "for",
                keep == null || keep.period() == null ? null : keep.period().toString(),
                "then",
                keep != null && keep.thenDelete() ? "delete" : null,
                "columns",
                kept.columns());
    }
}
