package dev.exeunt.app.report;

import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.map.MapDiagram;
import org.jspecify.annotations.Nullable;

/** What was drawn, and what the map still owes. */
public record DiagramReport(
        MapDiagram.DiagramSummary summary, @Nullable String file) {

    public void text(ReportPage page) {
        page.folded(
                "",
                "Drawn" + (file == null ? "" : " to " + file) + ": " + CountText.of(summary.mapped(), "table") + ".");
        if (summary.undecided() + summary.unmapped() > 0) {
            page.line(page.style()
                    .yellow("The map is not complete: " + summary.undecided() + " undecided, " + summary.unmapped()
                            + " not in the map. exeunt check says what to do."));
        }
    }
}
