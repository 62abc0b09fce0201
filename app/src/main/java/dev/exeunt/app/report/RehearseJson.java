package dev.exeunt.app.report;

import dev.exeunt.app.terminal.Json;
import dev.exeunt.erase.RehearsalReport;
import dev.exeunt.erase.RehearsalReport.Failure;
import dev.exeunt.erase.RehearsalReport.Part;
import dev.exeunt.erase.RehearsalReport.Slowest;
import dev.exeunt.erase.RehearsalReport.Subject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rehearsal for machines. */
final class RehearseJson {

    private RehearseJson() {}

    static Map<String, @Nullable Object> of(RehearsalReport report) {
        Slowest slowest = report.slowest();
        return Json.object(
                "database", report.database(),
                "people", report.subjects().size(),
                "failed", report.failed(),
                "rehearsals",
                        report.subjects().stream().map(RehearseJson::subject).toList(),
                "triggers",
                        report.triggers().stream()
                                .map(t -> Json.object(
                                        "table", t.table(),
                                        "trigger", t.name(),
                                        "kind", t.kind(),
                                        "event", t.event()))
                                .toList(),
                "slowest", slowest == null ? null : slowest(slowest));
    }

    private static Map<String, @Nullable Object> subject(Subject subject) {
        Failure failure = subject.failure();
        return Json.object(
                "person", subject.number(),
                "passed", failure == null,
                "failure",
                        failure == null
                                ? null
                                : Json.object(
                                        "sentence", failure.sentence(),
                                        "sqlState", failure.sqlState(),
                                        "table", failure.table(),
                                        "constraint", failure.constraint()),
                "ms", millis(subject.time()),
                "statements", subject.parts().stream().map(RehearseJson::part).toList(),
                "alsoWritten",
                        subject.aside().stream()
                                .map(a -> Json.object(
                                        "table", a.table(),
                                        "inserted", a.inserted(),
                                        "updated", a.updated(),
                                        "deleted", a.deleted()))
                                .toList());
    }

    private static Map<String, @Nullable Object> part(Part part) {
        return Json.object(
                "kind", part.kind().name().toLowerCase(Locale.ROOT),
                "what", part.what(),
                "rows", part.rows(),
                "ms", millis(part.time()));
    }

    private static Map<String, @Nullable Object> slowest(Slowest slowest) {
        return Json.object(
                "person", slowest.subject(),
                "statement", part(slowest.part()),
                "plan",
                        slowest.plan().stream()
                                .map(n -> Json.object(
                                        "depth", n.depth(),
                                        "node", n.type(),
                                        "table", n.table(),
                                        "index", n.index()))
                                .toList(),
                "unindexedForeignKeys", slowest.unindexed(),
                "createIndex", slowest.indexes());
    }

    /** To a microsecond. */
    private static double millis(Duration time) {
        return time.toNanos() / 1000 / 1000.0;
    }
}
