package dev.exeunt.app.report;

import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.erase.SweepResult;
import dev.exeunt.erase.SweepResult.SweptRole;
import java.time.Instant;

/** Prints what a sweep would delete, or has deleted: counts only. */
public final class SweepReport {

    private SweepReport() {}

    /** @param dry whether nothing was deleted */
    public static void text(SweepResult result, boolean dry, ReportPage page) {
        if (result.roles().isEmpty() && result.failures().isEmpty()) {
            page.line("No kept row has reached the end of its period.");
        }
        for (SweptRole role : result.roles()) {
            page.line((dry ? "To delete: " : "Deleted: ")
                    + CountText.of(role.deleted(), "row") + " of " + role.role() + ", kept " + role.period() + " ("
                    + role.reason() + ")");
            note(role.passedOn(), "whose link has changed since: not deleted", page);
            note(role.owned(), "that a person with an account owns, or on whom a legal hold is: not deleted", page);
            note(role.keptLonger(), "that another link keeps longer: not deleted", page);
            note(role.referred(), "to which rows refer that stay: not deleted", page);
            note(role.gone(), "that the application has deleted before", page);
        }
        for (String failure : result.failures()) {
            page.line(page.style().red("Failed: ") + failure + " The rows stay recorded; the next sweep tries again.");
        }
        if (result.unruled() > 0) {
            page.line(CountText.of(result.unruled(), "row")
                    + " kept for a period stay: the map does not say then: delete for their link any more, or their"
                    + " primary key or link has other columns now.");
        }
        if (result.held() > 0) {
            page.line(CountText.of(result.held(), "row") + " stay, since a legal hold is on them: exeunt holds");
        }
        Instant next = result.next();
        if (next != null) {
            page.line("The next period is over at " + next + ".");
        }
    }

    private static void note(long rows, String what, ReportPage page) {
        if (rows > 0) {
            page.line("  " + CountText.of(rows, "row") + " " + what);
        }
    }
}
