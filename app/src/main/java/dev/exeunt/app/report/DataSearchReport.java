package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TextTable;
import dev.exeunt.erase.RehearsalResult.DataSearch;
import dev.exeunt.erase.RehearsalResult.UnreachedPlace;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Shows what the search of the whole database found before the rehearsed erasures: places, kinds and counts, no value. */
final class DataSearchReport {

    private final DataSearch search;

    DataSearchReport(DataSearch search) {
        this.search = search;
    }

    void text(ReportPage page) {
        List<UnreachedPlace> left = some(p -> p.left() > 0 && p.accepted() == null);
        page.line(page.style()
                .bold("Searched " + CountText.of(search.tables(), "table") + " for keys, identifiers and"
                        + " values of " + CountText.people(search.people()) + ", before erasing:"));
        table("Not reached by the map, and left after the erasure:", left, page);
        table("Accepted by the map:", some(p -> p.left() > 0 && p.accepted() != null), page);
        table("Not reached by the map, but gone with the erasure:", some(p -> p.left() == 0), page);
        if (search.places().isEmpty()) {
            page.line("  " + page.style().green("Nothing was found that the map does not reach."));
        }
        page.blank();
        left.forEach(p -> fix(p, page));
        if (!search.notes().isEmpty()) {
            page.line(page.style().bold("Not searched, or outside the tables:"));
            search.notes().forEach(note -> page.folded("  ", note));
            page.blank();
        }
    }

    private List<UnreachedPlace> some(Predicate<UnreachedPlace> which) {
        return search.places().stream().filter(which).toList();
    }

    private static void table(String title, List<UnreachedPlace> places, ReportPage page) {
        if (!places.isEmpty()) {
            TextTable table = new TextTable("Table", "Column", "What", ">Rows");
            places.forEach(p -> table.row(p.table(), p.column(), p.kind(), p.left() > 0 ? p.left() : p.rows()));
            page.line("  " + title);
            page.table(table, "    ");
        }
    }

    private static void fix(UnreachedPlace place, ReportPage page) {
        page.line(page.style().bold(place.table() + "." + place.column()) + ": "
                + page.style().cyan("unreached-data"));
        String[] lines = place.fix().toString().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String label = i == 0 ? page.style().green("fix:") : "    ";
            page.folded("    ", label + " " + lines[i]);
        }
        page.blank();
    }

    static Map<String, @Nullable Object> json(DataSearch search) {
        return JsonOutput.object(
                "people", search.people(),
                "tables", search.tables(),
                "ms", search.time().toMillis(),
                "places",
                        search.places().stream()
                                .map(p -> JsonOutput.object(
                                        "table", p.table(),
                                        "column", p.column(),
                                        "kind", p.kind(),
                                        "rows", p.rows(),
                                        "left", p.left(),
                                        "accepted", p.accepted(),
                                        "fix", p.fix().toString()))
                                .toList(),
                "notes", search.notes());
    }
}
