package dev.exeunt.app.report;

import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TextTable;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.RehearsalResult.QueryPlanNode;
import dev.exeunt.erase.RehearsalResult.RehearsalFailure;
import dev.exeunt.erase.RehearsalResult.RehearsedSubject;
import dev.exeunt.erase.RehearsalResult.SideEffectRows;
import dev.exeunt.erase.RehearsalResult.SlowestStatement;
import dev.exeunt.erase.RehearsalResult.StatementKind;
import dev.exeunt.erase.RehearsalResult.StatementResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports rehearsed erasures, which were rolled back: places, counts and times, no key and no value. */
public final class RehearseReport {

    /** A table of a hundred partitions has a plan of a hundred lines that say the same. */
    private static final int PLAN_LINES = 20;

    /** The plan of a faster statement is printed only if an index is missing. */
    private static final Duration SLOW = Duration.ofMillis(50);

    private static final Map<StatementKind, String> REST = new EnumMap<>(Map.of(
            StatementKind.FIND, "finding and locking",
            StatementKind.DEFERRED, "deferred constraints",
            StatementKind.VERIFY, "looking for links once more"));

    private RehearseReport() {}

    public static void text(RehearsalResult report, ReportPage page) {
        new DataSearchReport(report.search()).text(page);
        report.subjects().forEach(s -> subject(s, page));
        if (!report.triggers().isEmpty()) {
            page.line(page.style()
                    .bold("Triggers and rules there (a WHEN or a list of columns may keep one from firing):"));
            TextTable table = new TextTable("Table", "Trigger", "When");
            report.triggers().forEach(t -> table.row(t.table(), t.name(), t.kind() + " " + t.event()));
            page.table(table, "  ");
            page.blank();
        }
        if (report.slowest() != null) {
            slowest(report.slowest(), page);
        }
        page.folded("", verdict(report, page));
    }

    private static void subject(RehearsedSubject subject, ReportPage page) {
        String who = page.style().bold("Person " + subject.number());
        RehearsalFailure failure = subject.failure();
        if (failure == null) {
            long changed = subject.rows(StatementKind.UPDATE);
            page.line(who + " would be " + page.style().green("erased") + ": "
                    + CountText.of(subject.rows(StatementKind.DELETE), "row") + " deleted, " + TextTable.number(changed)
                    + " changed, in " + millis(subject.time()) + " ms.");
        } else {
            page.line(who + " would " + page.style().red("fail") + ":");
            page.folded("  ", failure.sentence());
        }
        TextTable table = new TextTable("Step", ">Rows", ">ms");
        List<StatementResult> writes = subject.parts().stream()
                .filter(p -> p.kind() == StatementKind.UPDATE || p.kind() == StatementKind.DELETE)
                .toList();
        writes.stream().filter(p -> p.rows() > 0).forEach(p -> table.row(p.what(), p.rows(), millis(p.time())));
        if (!table.isEmpty()) {
            page.table(table, "  ");
        }
        if (!subject.parts().isEmpty()) {
            page.aside("  ", "Besides: " + rest(subject, writes));
        }
        subject.aside().forEach(a -> page.folded("  ", "Also written, by triggers or cascades: " + aside(a) + "."));
        page.blank();
    }

    /** Returns what else took time. After a failure empty steps are not counted: the rest of them never ran. */
    private static String rest(RehearsedSubject subject, List<StatementResult> writes) {
        long empty = writes.stream().filter(p -> p.rows() == 0).count();
        List<String> took = new ArrayList<>();
        REST.forEach((kind, what) -> {
            if (subject.parts().stream().anyMatch(p -> p.kind() == kind)) {
                took.add(what + " " + millis(subject.time(kind)) + " ms");
            }
        });
        return String.join(", ", took)
                + (empty == 0 || subject.failure() != null ? "" : "; " + CountText.of(empty, "step") + " wrote no row")
                + ".";
    }

    private static String aside(SideEffectRows aside) {
        return aside.table() + " " + TextTable.number(aside.inserted()) + " inserted, "
                + TextTable.number(aside.updated()) + " updated, " + TextTable.number(aside.deleted()) + " deleted";
    }

    private static void slowest(SlowestStatement slowest, ReportPage page) {
        StatementResult part = slowest.part();
        page.line(page.style().bold("Slowest statement: ") + part.what() + ", " + millis(part.time()) + " ms (person "
                + slowest.subject() + ").");
        boolean missing = !slowest.indexes().isEmpty();
        if (missing || part.time().compareTo(SLOW) >= 0) {
            slowest.plan().stream().limit(PLAN_LINES).forEach(n -> page.line("  " + "  ".repeat(n.depth()) + node(n)));
            if (slowest.plan().size() > PLAN_LINES) {
                page.line("  and " + CountText.of(slowest.plan().size() - PLAN_LINES, "line") + " more");
            }
            slowest.unindexed().forEach(k -> page.line("  checks foreign key " + k + " without an index"));
        }
        if (missing) {
            page.line("  " + page.style().yellow("An index is missing:"));
            slowest.indexes().forEach(i -> page.line("    " + i));
        }
        page.blank();
    }

    private static String node(QueryPlanNode node) {
        return node.type()
                + (node.index() == null ? "" : " using " + node.index())
                + (node.table() == null ? "" : " on " + node.table());
    }

    private static String verdict(RehearsalResult report, ReportPage page) {
        String undone = " Everything was rolled back: nothing was changed.";
        int people = report.subjects().size();
        if (report.failed() > 0) {
            return page.style().red(report.failed() + " of " + CountText.people(people) + " would fail.") + undone;
        }
        String passed = "All passed: " + CountText.people(people) + " in " + report.database() + ".";
        return report.unreached() == 0
                ? page.style().green(passed) + undone
                : page.style().yellow(passed) + " "
                        + page.style()
                                .red("Data of them would be left in " + CountText.of(report.unreached(), "place")
                                        + " that the map does not reach.")
                        + undone;
    }

    /** {@code 0.4}, {@code 12}, {@code 12 345} */
    private static String millis(Duration time) {
        double millis = time.toNanos() / 1e6;
        return millis < 10 ? String.format(Locale.ROOT, "%.1f", millis) : TextTable.number(Math.round(millis));
    }

    public static Map<String, @Nullable Object> json(RehearsalResult report) {
        return RehearseJson.of(report);
    }
}
