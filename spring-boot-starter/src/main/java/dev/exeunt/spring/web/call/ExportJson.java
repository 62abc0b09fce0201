package dev.exeunt.spring.web.call;

import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.json.TimeText;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Writes export jobs as JSON. */
public final class ExportJson {

    private final String path;
    private final Instant now;
    private final boolean staff;

    private ExportJson(String path, Instant now, boolean staff) {
        this.path = path;
        this.now = now;
        this.staff = staff;
    }

    /** @param path the path of the exports, as the caller reaches it */
    public ExportJson(String path, Instant now) {
        this(path, now, false);
    }

    /** Writes them for staff, who read the failure as the operator does: it may name a directory, a bucket or a table. */
    public static ExportJson forStaff(HttpServletRequest request, String account, String subject, Instant now) {
        String whose = UriUtils.encodePathSegment(subject, StandardCharsets.UTF_8);
        return new ExportJson(request.getContextPath() + account + "/admin/" + whose + "/export", now, true);
    }

    public Map<String, @Nullable Object> job(ExportJob job) {
        String self = path + "/" + job.id();
        ExportJob.State state =
                job.state() == ExportJob.State.READY && job.gone(now) ? ExportJob.State.EXPIRED : job.state();
        return HttpJson.object(
                "id", job.id().toString(),
                "state", state.word(),
                "format", job.format().name().toLowerCase(Locale.ROOT),
                "sections", job.chosenSections().isEmpty() ? null : job.chosenSections(),
                "requestedAt", job.requestedAt().toString(),
                "requestedBy", RequestJson.by(job.requestedBy()),
                "progress", HttpJson.object("done", job.done(), "of", job.sections()),
                "bytes", job.bytes(),
                "rows", job.rows(),
                "readyAt", RequestJson.text(job.readyAt()),
                "expiresAt", RequestJson.text(job.expiresAt()),
                "failure", failure(job),
                "self", self,
                "download", job.fetchable(now) && (!staff || job.byStaff()) ? self + "/download" : null);
    }

    private @Nullable String failure(ExportJob job) {
        if (staff || job.failure() == null) {
            return job.failure();
        }
        return job.state() == ExportJob.State.FAILED
                ? "It could not be made. Ask for it again."
                : "It could not be made yet, and will be tried again by itself.";
    }

    /** @param languages those that the caller understands, for the titles of sections */
    public Map<String, @Nullable Object> status(ExportJobs.Overview status, List<Locale.LanguageRange> languages) {
        Instant again = status.nextAllowedAt();
        List<Map<String, @Nullable Object>> jobs =
                status.jobs().stream().map(this::job).toList();
        return HttpJson.object(
                "again",
                RequestJson.text(again),
                "cooldown",
                again == null
                        ? null
                        : "You can ask again in " + TimeText.hours(again.getEpochSecond() - now.getEpochSecond()) + ".",
                "latest",
                jobs.isEmpty() ? null : jobs.get(0),
                "exports",
                jobs,
                "sections",
                status.sections().stream()
                        .map(each -> HttpJson.object(
                                "name",
                                each.name(),
                                "title",
                                each.words().titleIn(languages).orElse(null)))
                        .toList());
    }
}
