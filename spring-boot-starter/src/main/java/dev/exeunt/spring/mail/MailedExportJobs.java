package dev.exeunt.spring.mail;

import dev.exeunt.archive.Archives;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.request.Actor;
import dev.exeunt.support.message.MessageRecipient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Notes the address of a person who asks for an export. */
public final class MailedExportJobs implements ExportJobs {

    private final ExportJobs exports;
    private final MessageRecorder recorder;

    public MailedExportJobs(ExportJobs exports, MessageRecorder recorder) {
        this.exports = exports;
        this.recorder = recorder;
    }

    @Override
    public ExportJob submit(String key, @Nullable BundleFormat format, Actor actor, @Nullable String reason) {
        return submit(new NewExport(key, format, actor, reason, null, List.of()));
    }

    @Override
    public ExportJob submit(NewExport wish) {
        Optional<MessageRecipient> recipient = recorder.recipient(wish.key());
        ExportJob job = exports.submit(wish);
        recipient.ifPresent(known -> recorder.add(job.id(), known, wish.actor()));
        return job;
    }

    @Override
    public ExportSummary stream(String key, long most, ExportSink sink) {
        return exports.stream(key, most, sink);
    }

    @Override
    public Overview status(String key) {
        return exports.status(key);
    }

    @Override
    public ExportJob job(String key, UUID id) {
        return exports.job(key, id);
    }

    @Override
    public ExportJob cancel(String key, UUID id, Actor actor, @Nullable String reason) {
        return exports.cancel(key, id, actor, reason);
    }

    @Override
    public DownloadGrant grantDownload(String key, UUID id) {
        return exports.grantDownload(key, id);
    }

    @Override
    public DownloadGrant grantDownload(String key, UUID id, Actor actor) {
        return exports.grantDownload(key, id, actor);
    }

    @Override
    public Download download(String token) {
        return exports.download(token);
    }

    @Override
    public int carryOutSqlRequests() {
        return exports.carryOutSqlRequests();
    }

    @Override
    public Optional<Instant> runJob(UUID id, String worker) {
        return exports.runJob(id, worker);
    }

    @Override
    public CleanupResult removeExpired() {
        return exports.removeExpired();
    }

    @Override
    public Archives.SweepResult removeOrphans() {
        return exports.removeOrphans();
    }
}
