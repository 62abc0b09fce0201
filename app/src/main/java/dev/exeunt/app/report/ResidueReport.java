package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TextTable;
import dev.exeunt.erase.Residue;
import dev.exeunt.erase.Residue.ResiduePlace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is left of somebody: places and counts, no value. */
public final class ResidueReport {

    private ResidueReport() {}

    public static void text(Residue residue, ReportPage page) {
        List<ResiduePlace> left =
                residue.places().stream().filter(p -> p.kept() == null).toList();
        List<ResiduePlace> kept =
                residue.places().stream().filter(p -> p.kept() != null).toList();
        if (!left.isEmpty()) {
            TextTable table = new TextTable("Table", "Column", "What", ">Rows");
            left.forEach(p -> table.row(p.table(), p.column(), p.what(), p.rows()));
            section("Left, though the map does not keep it:", table, page);
        }
        if (!kept.isEmpty()) {
            TextTable table = new TextTable("Table", "Column", "What", ">Rows", "Kept because");
            kept.forEach(p -> table.row(p.table(), p.column(), p.what(), p.rows(), String.valueOf(p.kept())));
            section("Kept on purpose:", table, page);
        }
        if (!residue.unreadable().isEmpty()) {
            page.line(page.style().bold("Could not be looked through:"));
            residue.unreadable().forEach(u -> page.folded("  ", u));
            page.blank();
        }
        page.line(verdict(residue, left, kept, page));
    }

    private static void section(String title, TextTable table, ReportPage page) {
        page.line(page.style().bold(title));
        page.table(table, "  ");
        page.blank();
    }

    private static String verdict(Residue residue, List<ResiduePlace> left, List<ResiduePlace> kept, ReportPage page) {
        String looked = " (" + CountText.of(residue.tablesScanned(), "table") + " looked through.)";
        if (!left.isEmpty()) {
            long rows = left.stream().mapToLong(ResiduePlace::rows).sum();
            return page.style()
                            .red("Something is left: " + CountText.of(rows, "row") + " in "
                                    + CountText.of(left.size(), "place") + ".")
                    + looked;
        }
        if (!residue.unreadable().isEmpty()) {
            return page.style().red("Nothing was found, but not everything could be looked through.") + looked;
        }
        String clean = kept.isEmpty() ? "Nothing is left." : "Nothing is left but what the map keeps.";
        return page.style().green(clean) + looked;
    }

    public static Map<String, @Nullable Object> json(Residue residue) {
        return JsonOutput.object(
                "clean", residue.clean(),
                "tablesScanned", residue.tablesScanned(),
                "places",
                        residue.places().stream()
                                .map(p -> JsonOutput.object(
                                        "table", p.table(),
                                        "column", p.column(),
                                        "what", p.what(),
                                        "rows", p.rows(),
                                        "kept", p.kept()))
                                .toList(),
                "unreadable", residue.unreadable());
    }
}
