package dev.exeunt.app.report;

import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TextTable;
import dev.exeunt.support.event.DeliveryEntry;
import dev.exeunt.support.event.SystemStatus;
import java.util.List;

/** Shows what external systems still have to get and to answer. */
public final class SystemsReport {

    private SystemsReport() {}

    public static void text(List<SystemStatus> systems, ReportPage page) {
        if (systems.isEmpty()) {
            page.line("The map names no system under external, and no event waits.");
            return;
        }
        TextTable table =
                new TextTable("system", ">waiting", "since", ">given up", ">unanswered", ">overdue", ">refused", "");
        systems.forEach(s -> table.row(
                s.system(),
                s.waiting(),
                s.oldest() == null ? "" : String.valueOf(s.oldest()),
                s.failed(),
                s.unanswered(),
                s.overdue(),
                s.refused(),
                note(s)));
        page.table(table, "");
    }

    /** Whether events were given up, answers are overdue, or the system refused. */
    public static boolean needsStaff(SystemStatus system) {
        return system.failed() + system.overdue() + system.refused() > 0;
    }

    /** {@code 2 events sent again.} */
    public static String sentAgain(long events) {
        return CountText.of(events, "event") + " sent again.";
    }

    /** Says that events of an erasure wait. */
    public static void waiting(List<String> systems, ReportPage page) {
        if (!systems.isEmpty()) {
            page.line("Events wait for " + String.join(", ", systems)
                    + ". The server or the starter sends them; exeunt systems shows what is open.");
        }
    }

    private static String note(SystemStatus system) {
        if (system.paused() != null) {
            return "paused: " + system.paused();
        }
        return system.named() ? "" : "the map no longer names it";
    }

    public static void entries(List<DeliveryEntry> entries, ReportPage page) {
        if (entries.isEmpty()) {
            page.line("There is no such event.");
            return;
        }
        TextTable table = new TextTable("event", "what", "when", "state", ">attempts", "answer", "");
        entries.forEach(e -> table.row(
                e.event(),
                e.type(),
                e.at(),
                e.state(),
                e.attempts(),
                answer(e),
                e.failure() == null ? "" : e.failure()));
        page.table(table, "");
    }

    private static String answer(DeliveryEntry entry) {
        if (entry.answer() != null) {
            return entry.answer() + (entry.reason() == null ? "" : ": " + entry.reason());
        }
        return entry.answerBy() == null ? "" : "due " + entry.answerBy();
    }
}
