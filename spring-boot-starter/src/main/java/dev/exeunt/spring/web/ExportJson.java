package dev.exeunt.spring.web;

import dev.exeunt.delivery.ExportJob;
import dev.exeunt.delivery.ExportState;
import dev.exeunt.delivery.ExportStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exports, as they are shown. */
final class ExportJson {

    private final String path;
    private final Instant now;

    /** @param path of the exports, as the caller reaches it */
    ExportJson(String path, Instant now) {
        this.path = path;
        this.now = now;
    }

    Map<String, @Nullable Object> job(ExportJob job) {
        String self = path + "/" + job.id();
        ExportState state = job.gone(now) ? ExportState.EXPIRED : job.state();
        return Json.object(
                "id", job.id().toString(),
                "state", state.word(),
                "format", job.format().name().toLowerCase(Locale.ROOT),
                "requestedAt", job.requestedAt().toString(),
                "requestedBy", RequestJson.by(job.requestedBy()),
                "progress", Json.object("done", job.done(), "of", job.sections()),
                "bytes", job.bytes(),
                "rows", job.rows(),
                "readyAt", RequestJson.text(job.readyAt()),
                "expiresAt", RequestJson.text(job.expiresAt()),
                "failure", job.failure(),
                "self", self,
                "download", job.fetchable(now) ? self + "/download" : null);
    }

    Map<String, @Nullable Object> status(ExportStatus status) {
        Instant again = status.again();
        List<Map<String, @Nullable Object>> jobs =
                status.jobs().stream().map(this::job).toList();
        return Json.object(
                "again",
                RequestJson.text(again),
                "cooldown",
                again == null
                        ? null
                        : "You can ask again in " + Words.hours(again.getEpochSecond() - now.getEpochSecond()) + ".",
                "latest",
                jobs.isEmpty() ? null : jobs.get(0),
                "exports",
                jobs);
    }
}
