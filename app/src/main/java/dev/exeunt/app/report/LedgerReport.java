package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TextTable;
import dev.exeunt.ledger.ErasureLedger.LedgerCheck;
import dev.exeunt.ledger.ErasureLedger.ReplayResult;
import dev.exeunt.ledger.ErasureLedger.WaitingCase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints what a check of the ledger found, and what a replay does: counts only. */
public final class LedgerReport {

    /** Said at each start where no copy is configured. */
    public static final String NO_COPY =
            "The ledger has no copy outside the database. Nothing would notice that a restored backup brought"
                    + " erased people back. Name a file: EXEUNT_LEDGER=/path/to/ledger (or s3://bucket/prefix, https://host/path)";

    private LedgerReport() {}

    public static void check(LedgerCheck check, ReportPage page) {
        Long copied = check.copied();
        String whole = "The chain is whole: " + CountText.of(check.entries(), "entry", "entries") + " in the database";
        if (copied == null) {
            page.line(whole + ".");
            page.line(NO_COPY);
            return;
        }
        page.line(whole + ", " + TextTable.number(copied) + " of them in the copy outside it.");
        if (copied < check.entries()) {
            page.line("The next exeunt reap copies the rest.");
        }
    }

    /** @param dry whether nothing was changed */
    public static void replay(ReplayResult result, boolean dry, ReportPage page) {
        if (!result.isNeeded()) {
            page.line("The database has every entry of the ledger. There is nothing to do.");
            return;
        }
        page.line("The database lacks " + CountText.of(result.entries(), "entry", "entries") + " of the ledger.");
        page.line((dry ? "To erase again: " : "Erased again: ") + CountText.of(result.erased(), "person", "people"));
        page.line((dry ? "Requests to make again: " : "Requests made again: ") + result.restored());
        page.line((dry ? "Requests to take back again: " : "Requests taken back again: ") + result.withdrawn());
        note(result.absent(), "erased, and not in the database, so nothing to do", page);
        note(result.newcomers(), "made later with the key or value of an erased person, not touched", page);
        note(
                result.undecided(),
                "was to be erased without a request; whether that was done is not known. Ask again",
                page);
        if (result.uncertain() > 0) {
            note(
                    result.uncertain(),
                    "with the key or value of an entry; nothing tells whether it is the same person",
                    page);
            page.line(
                    "  Name the columns that say when rows were made (created:, of the subject and of links by a value), and set a"
                            + " clock right that is behind. Or add --trust-keys where no person has registered since the"
                            + " restore, and no guest came again.");
        }
        for (WaitingCase waiting : result.waiting()) {
            page.line(page.style().red("Waiting: ") + waiting.number() + ". " + waiting.reason()
                    + " Run exeunt replay again once that is over.");
        }
        if (!dry) {
            page.line(
                    result.isFinished()
                            ? "Requests are accepted again. exeunt verify KEY --values looks for what is left of a person."
                            : "No request is accepted and no person erased until exeunt replay has finished.");
        }
    }

    private static void note(int people, String what, ReportPage page) {
        if (people > 0) {
            page.line("  " + CountText.of(people, "person", "people") + ": " + what);
        }
    }

    public static Map<String, @Nullable Object> json(ReplayResult result) {
        return JsonOutput.object(
                "entries", result.entries(),
                "erased", result.erased(),
                "restored", result.restored(),
                "withdrawn", result.withdrawn(),
                "absent", result.absent(),
                "newcomers", result.newcomers(),
                "uncertain", result.uncertain(),
                "undecided", result.undecided(),
                "waiting",
                        result.waiting().stream()
                                .map(w -> JsonOutput.object("number", w.number().toString(), "reason", w.reason()))
                                .toList(),
                "finished", result.isFinished());
    }
}
