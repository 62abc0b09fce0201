package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.RehearsalResult.RehearsalFailure;
import dev.exeunt.erase.RehearsalResult.RehearsedSubject;
import dev.exeunt.erase.RehearsalResult.SlowestStatement;
import dev.exeunt.erase.RehearsalResult.StatementResult;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rehearsal for machines. */
final class RehearseJson {

    private RehearseJson() {}

    static Map<String, @Nullable Object> of(RehearsalResult report) {
        SlowestStatement slowest = report.slowest();
        return JsonOutput.object(
                "database", report.database(),
                "people", report.subjects().size(),
                "failed", report.failed(),
                "unreached", report.unreached(),
                "search", DataSearchReport.json(report.search()),
                "rehearsals",
                        report.subjects().stream().map(RehearseJson::subject).toList(),
                "triggers",
                        report.triggers().stream()
                                .map(t -> JsonOutput.object(
                                        "table", t.table(),
                                        "trigger", t.name(),
                                        "kind", t.kind(),
                                        "event", t.event()))
                                .toList(),
                "slowest", slowest == null ? null : slowest(slowest));
    }

    private static Map<String, @Nullable Object> subject(RehearsedSubject subject) {
        RehearsalFailure failure = subject.failure();
        return JsonOutput.object(
                "person", subject.number(),
                "passed", failure == null,
                "failure",
                        failure == null
                                ? null
                                : JsonOutput.object(
                                        "sentence", failure.sentence(),
                                        "sqlState", failure.sqlState(),
                                        "table", failure.table(),
                                        "constraint", failure.constraint()),
                "ms", millis(subject.time()),
                "statements", subject.parts().stream().map(RehearseJson::part).toList(),
                "alsoWritten",
                        subject.aside().stream()
                                .map(a -> JsonOutput.object(
                                        "table", a.table(),
                                        "inserted", a.inserted(),
                                        "updated", a.updated(),
                                        "deleted", a.deleted()))
                                .toList());
    }

    private static Map<String, @Nullable Object> part(StatementResult part) {
        return JsonOutput.object(
                "kind", part.kind().name().toLowerCase(Locale.ROOT),
                "what", part.what(),
                "rows", part.rows(),
                "ms", millis(part.time()));
    }

    private static Map<String, @Nullable Object> slowest(SlowestStatement slowest) {
        return JsonOutput.object(
                "person", slowest.subject(),
                "statement", part(slowest.part()),
                "plan",
                        slowest.plan().stream()
                                .map(n -> JsonOutput.object(
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
