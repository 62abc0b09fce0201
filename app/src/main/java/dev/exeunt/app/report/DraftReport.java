package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TextTable;
import dev.exeunt.map.MapDraft;
import dev.exeunt.map.MapDraft.DraftSummary;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a draft covers and what it leaves open.
 *
 * @param file where it was written; null for standard output
 */
public record DraftReport(
        MapDraft draft, double seconds, @Nullable String file) {

    private DraftSummary summary() {
        return draft.summary();
    }

    public void text(ReportPage page) {
        TextTable table = new TextTable(">", "");
        table.row(summary().tables(), "tables in the database");
        table.row(summary().onPath(), "on a foreign-key path to the subject");
        table.row(summary().mapped(), "mapped");
        table.row(summary().inferredLinks(), "links inferred without a foreign key");
        table.row(summary().notPersonal(), "not personal");
        table.row(summary().undecided(), "with something left undecided, for you");
        page.line(
                page.style().green("Drafted a data map") + (file == null ? "" : ": " + file) + " (" + seconds + " s)");
        page.table(table, "  ");
        draft.notes().forEach(note -> page.folded("", note));
    }

    /** What to do after a draft that asks nothing by itself. */
    public static void next(ReportPage page) {
        page.blank();
        page.line("Next:");
        page.folded("  ", "1. Read the draft, and write a fate wherever it says undecided.");
        page.folded("  ", "2. exeunt check: proves the map against the database, and says what is missing.");
        page.folded("  ", "3. exeunt plan KEY: shows what would happen to a person. Nothing is written.");
    }

    public Map<String, @Nullable Object> json() {
        return JsonOutput.object(
                "file", file,
                "tables", summary().tables(),
                "onPath", summary().onPath(),
                "mapped", summary().mapped(),
                "inferred", summary().inferredLinks(),
                "undecided", summary().undecided(),
                "notPersonal", summary().notPersonal(),
                "seconds", seconds,
                "notes", draft.notes());
    }
}
