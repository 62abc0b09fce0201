package dev.exeunt.app.report;

import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TextTable;
import dev.exeunt.export.ExportSummary;

/** What went into a bundle: sections and rows, no value. */
public final class ExportReport {

    private ExportReport() {}

    public static void text(ExportSummary summary, ReportPage page) {
        page.line(page.style().green("Exported ")
                + CountText.of(summary.bytes(), "byte")
                + (summary.file() == null ? " to standard output:" : " to " + summary.file() + ":"));
        TextTable table = new TextTable("Section", ">Rows");
        summary.sections().forEach(s -> table.row(s.name(), s.rows()));
        page.table(table, "  ");
        if (summary.files() > 0) {
            page.line("  " + CountText.of(summary.files(), "file") + " that rows name");
        }
        if (summary.filesLeftOut() > 0) {
            page.folded(
                    "",
                    "Left out: " + CountText.of(summary.filesLeftOut(), "file")
                            + " that rows name. README.txt says why, and manifest.json which.");
        }
        summary.shared()
                .forEach(s -> page.folded(
                        "",
                        "Left out of " + s.name() + ": " + CountText.of(s.rows(), "row")
                                + ", since another person holds the same value."));
    }
}
