package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TextTable;
import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.ErasurePreview.KeptReason;
import dev.exeunt.erase.ErasurePreview.RolePreview;
import dev.exeunt.erase.ErasurePreview.RowChange;
import dev.exeunt.erase.ErasurePreview.StepPreview;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an erasure would do, step by step. */
public final class PlanReport {

    private final ErasurePreview preview;
    private final ErasureRowCounts rows;

    public PlanReport(ErasurePreview preview) {
        this.preview = preview;
        this.rows = new ErasureRowCounts(preview);
    }

    /** Says what is unusual about the people. */
    private void warnings(ReportPage page) {
        preview.warnings()
                .forEach(warning -> page.folded(
                        "",
                        page.style().red("Attention: ")
                                + switch (warning) {
                                    case ROW_IS_GONE ->
                                        "No row has this key any more. What follows is about rows that still refer to it, such as those of a cache or"
                                                + " an import. Check the key.";
                                    case KEY_IN_USE_AGAIN ->
                                        "A person with this key was erased before, and a new person has the key since. What follows is about the new"
                                                + " person.";
                                    case LEGAL_HOLD ->
                                        "A legal hold keeps the data of these people from being erased: exeunt erase refuses it until the hold"
                                                + " ends. To see the holds: exeunt holds";
                                }));
    }

    public void text(ReportPage page) {
        warnings(page);
        page.line(page.style().bold("Erasing " + CountText.erased(preview.subjects()) + " would, in this order:"));
        page.blank();
        page.table(steps(), "  ");
        page.blank();
        kept(page);
        shared(page);
        page.folded(
                "",
                "In all: " + CountText.of(rows.rows(RowChange.DELETED), "row") + " deleted, "
                        + TextTable.number(rows.rows(RowChange.CHANGED))
                        + " changed, " + TextTable.number(rows.rows(RowChange.UNTOUCHED))
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
        List<StepPreview> steps = preview.steps();
        int reasonFrom = 1;
        for (int number = 1; number <= steps.size(); number++) {
            StepPreview step = steps.get(number - 1);
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

    private void rows(TextTable table, int number, StepPreview step) {
        String shown = Integer.toString(number);
        for (RolePreview role : step.roles()) {
            table.row(shown, role.table(), role.role(), role.fate(), role.rows());
            shown = "";
        }
    }

    private void kept(ReportPage page) {
        List<RolePreview> kept = rows.kept();
        if (kept.isEmpty()) {
            return;
        }
        page.line(page.style().bold("Kept on purpose:"));
        page.blank();
        TextTable table = new TextTable("Table", "Role", ">Rows", "What", "Basis", "For", "Why");
        for (RolePreview one : kept) {
            KeptReason keep = one.kept();
            table.row(
                    one.table(),
                    one.role(),
                    one.rows(),
                    keep == null ? CountText.of(one.retained().size(), "column") : "rows",
                    keep == null || keep.basis() == null ? "" : keep.basis(),
                    keep == null || keep.howLong() == null ? "" : keep.howLong(),
                    keep == null ? "retain: " + String.join(", ", one.retained()) : keep.reason());
        }
        page.table(table, "  ");
        page.blank();
    }

    private void shared(ReportPage page) {
        List<RolePreview> shared = rows.shared();
        if (shared.isEmpty()) {
            return;
        }
        page.line(page.style().bold("Left alone, since another person holds the same value:"));
        page.blank();
        TextTable table = new TextTable("Table", "Role", ">Rows");
        shared.forEach(one -> table.row(one.table(), one.role(), one.shared()));
        page.table(table, "  ");
        page.blank();
    }

    public Map<String, @Nullable Object> json(boolean withStatements) {
        Map<String, @Nullable Object> json = JsonOutput.object(
                "subjects", preview.subjects(),
                "warnings",
                        preview.warnings().stream()
                                .map(w -> w.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .toList(),
                "planDigest", preview.plan().digest(),
                "catalogueDigest", preview.plan().catalogueDigest(),
                "steps", stepsJson(),
                "kept", rows.kept().stream().map(PlanReport::keptJson).toList(),
                "shared",
                        rows.shared().stream()
                                .map(r -> JsonOutput.object("table", r.table(), "role", r.role(), "rows", r.shared()))
                                .toList(),
                "totals",
                        JsonOutput.object(
                                "deleted", rows.rows(RowChange.DELETED),
                                "changed", rows.rows(RowChange.CHANGED),
                                "untouched", rows.rows(RowChange.UNTOUCHED)));
        if (withStatements) {
            json.put("statements", preview.statements());
        }
        return json;
    }

    private List<Object> stepsJson() {
        List<Object> steps = new ArrayList<>();
        for (StepPreview step : preview.steps()) {
            steps.add(JsonOutput.object(
                    "step",
                    steps.size() + 1,
                    "kind",
                    step.deletes() ? "delete" : "update",
                    "why",
                    step.why(),
                    "roles",
                    step.roles().stream()
                            .map(r -> JsonOutput.object(
                                    "table", r.table(),
                                    "role", r.role(),
                                    "fate", r.fate(),
                                    "rows", r.rows()))
                            .toList()));
        }
        return steps;
    }

    private static Map<String, @Nullable Object> keptJson(RolePreview kept) {
        KeptReason keep = kept.kept();
        return JsonOutput.object(
                "table",
                kept.table(),
                "role",
                kept.role(),
                "rows",
                kept.rows(),
                "reason",
                keep == null ? null : keep.reason(),
                "basis",
                keep == null ? null : keep.basis(),
                "for",
                keep == null ? null : keep.period(),
                "then",
                keep != null && keep.thenDelete() ? "delete" : null,
                "columns",
                kept.retained());
    }
}
