package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.map.Finding;
import dev.exeunt.map.UpdatedMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reports what was added to a map, line by line, and what is left to do by hand.
 *
 * @param dryRun whether the file was left as it was
 */
public record UpdateReport(UpdatedMap updated, String file, boolean dryRun) {

    /** Whether the map lacks something that could not be added, or names something that is gone. */
    public boolean somethingLeft() {
        return !updated.left().isEmpty() || !updated.gone().isEmpty();
    }

    public void text(ReportPage page, boolean quiet) {
        int count = updated.added().size();
        page.line(
                count == 0
                        ? page.style().green("Nothing to add") + " to " + file
                        : page.style().green(dryRun ? "Would add" : "Added") + " "
                                + CountText.of(count, "thing", "things") + " to " + file);
        updated.added().forEach(a -> page.line("  " + file + ":" + a.line() + ": " + a.what()));
        updated.left().forEach(left -> {
            page.blank();
            page.line(left.at() + ": " + page.style().red("left to you") + ": " + left.what());
            left.paste().lines().forEach(l -> page.line("    " + l));
        });
        for (Finding gone : updated.gone()) {
            page.blank();
            page.line(gone.at() + ": " + page.style().red("gone") + ": " + gone.message());
        }
        if (!quiet) {
            advice(page);
        }
    }

    private void advice(ReportPage page) {
        if (!updated.hints().isEmpty()) {
            page.blank();
            updated.hints().forEach(h -> page.line("Look at: " + h));
        }
        if (!updated.added().isEmpty() && !dryRun) {
            page.blank();
            page.line("Next: read what was added, answer what is undecided, then exeunt check.");
        }
    }

    public Map<String, @Nullable Object> json() {
        return JsonOutput.object(
                "file", file,
                "written", updated.changes() && !dryRun,
                "added",
                        updated.added().stream()
                                .map(a -> JsonOutput.object("line", a.line(), "what", a.what()))
                                .toList(),
                "left",
                        updated.left().stream()
                                .map(l -> JsonOutput.object(
                                        "line",
                                        l.at().line(),
                                        "column",
                                        l.at().column(),
                                        "what",
                                        l.what(),
                                        "paste",
                                        l.paste()))
                                .toList(),
                "gone",
                        updated.gone().stream()
                                .map(g -> JsonOutput.object(
                                        "line",
                                        g.at().line(),
                                        "column",
                                        g.at().column(),
                                        "what",
                                        g.what(),
                                        "message",
                                        g.message()))
                                .toList(),
                "hints", updated.hints(),
                "diff", dryRun ? updated.diff() : null);
    }
}
