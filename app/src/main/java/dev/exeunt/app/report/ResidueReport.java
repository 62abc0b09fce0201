package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TextTable;
import dev.exeunt.erase.Residue;
import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.erase.Residue.UnjudgedPlace;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows what is left of people: places and counts, no value. */
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
        unjudged(residue, page);
        list("Could not be looked through:", residue.unreadable(), page);
        list("Outside the tables:", residue.outside(), page);
        residue.notes().forEach(note -> page.folded("", note));
        page.line(verdict(residue, left, kept, page));
    }

    private static void unjudged(Residue residue, ReportPage page) {
        List<UnjudgedPlace> rows =
                residue.unjudged().stream().filter(u -> u.rows() > 0).toList();
        if (!rows.isEmpty()) {
            TextTable table = new TextTable("Table", "Column", ">Rows", "Why");
            rows.forEach(u -> table.row(u.table(), u.column(), u.rows(), u.why()));
            section("Not judged:", table, page);
        }
        List<UnjudgedPlace> columns =
                residue.unjudged().stream().filter(u -> u.rows() == 0).toList();
        if (!columns.isEmpty()) {
            TextTable table = new TextTable("Table", "Columns");
            columns.forEach(u -> table.row(u.table(), u.column()));
            section("Not searched for the key, numbers that nothing says to be keys:", table, page);
        }
    }

    private static void list(String title, List<String> sentences, ReportPage page) {
        if (!sentences.isEmpty()) {
            page.line(page.style().bold(title));
            sentences.forEach(s -> page.folded("  ", s));
            page.blank();
        }
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
        if (residue.verdict() == Residue.ResidueVerdict.NOT_JUDGED) {
            return page.style().red("Nothing was found that the map does not keep, but not every row could be judged.")
                    + looked;
        }
        String where = residue.outside().isEmpty() ? "" : " in the tables";
        String clean = "Nothing is left" + where + (kept.isEmpty() ? "." : " but what the map keeps.");
        return page.style().green(clean) + looked;
    }

    public static Map<String, @Nullable Object> json(Residue residue) {
        return JsonOutput.object(
                "clean", residue.clean(),
                "verdict", residue.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'),
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
                "unreadable", residue.unreadable(),
                "unjudged",
                        residue.unjudged().stream()
                                .map(u -> JsonOutput.object(
                                        "table", u.table(), "column", u.column(), "rows", u.rows(), "why", u.why()))
                                .toList(),
                "outside", residue.outside(),
                "notes", residue.notes());
    }
}
