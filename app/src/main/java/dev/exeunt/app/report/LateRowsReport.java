package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.erase.Residue.LateRowCounts;
import dev.exeunt.erase.Residue.LateRows;
import dev.exeunt.erase.Residue.ResiduePlace;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows rows of erased people that came after the erasure, without a word that tells who they are. */
public final class LateRowsReport {

    private LateRowsReport() {}

    public static void text(List<LateRows> found, ReportPage page) {
        if (found.isEmpty()) {
            page.line("No late rows are known.");
            return;
        }
        page.line("Rows of " + people(found.size()) + " came after the erasure:");
        found.forEach(f -> one(f, page));
        page.line("To erase the rows of one: exeunt late-rows --erase REQUEST --staff NAME --reason TEXT");
        page.line("If they are not the person's: exeunt late-rows --dismiss REQUEST --staff NAME --reason TEXT");
    }

    private static void one(LateRows found, ReportPage page) {
        page.line("request " + found.request() + ", erased " + found.erasedAt() + ", found " + found.foundAt());
        found.places()
                .forEach(p -> page.line("  " + p.table() + "." + p.column() + ": " + CountText.of(p.rows(), "row")));
        if (found.sameKey()) {
            page.line(
                    "  A row has the person's key again. Exeunt cannot tell a new person from the old row written back.");
        }
        if (found.failure() != null) {
            page.line("  Erasing them failed: " + found.failure());
        }
    }

    /** Says what a look of the reaper found; nothing where it found nothing. */
    public static void counts(LateRowCounts counts, ReportPage page) {
        if (counts.erased() > 0) {
            page.line("Late rows of " + people(counts.erased()) + " were erased.");
        }
        if (counts.found() > 0) {
            page.line(page.style().yellow("Rows of " + people(counts.found()) + " came after the erasure")
                    + ": exeunt late-rows");
        }
    }

    /** {@code 2 erased people} */
    static String people(long count) {
        return count == 1 ? "1 erased person" : count + " erased people";
    }

    public static Map<String, @Nullable Object> json(LateRows found) {
        return JsonOutput.object(
                "request", found.request(),
                "erasedAt", found.erasedAt(),
                "foundAt", found.foundAt(),
                "sameKey", found.sameKey(),
                "failure", found.failure(),
                "places", found.places().stream().map(LateRowsReport::json).collect(Collectors.toList()));
    }

    private static Map<String, @Nullable Object> json(ResiduePlace place) {
        return JsonOutput.object(
                "table", place.table(), "column", place.column(), "what", place.what(), "rows", place.rows());
    }
}
