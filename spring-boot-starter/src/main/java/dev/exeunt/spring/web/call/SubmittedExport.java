package dev.exeunt.spring.web.call;

import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportJobs.NewExport;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Holds an export that a call requested.
 *
 * @param created whether the call made it; not where the person has an export that is still to be made, nor at a repeated call
 */
public record SubmittedExport(ExportJob job, boolean created) {

    /** Requests an export; throws as {@link ExportJobs#submit(NewExport)} does. */
    public static SubmittedExport submit(ExportJobs exports, NewExport ask) {
        Set<UUID> before =
                exports.status(ask.key()).jobs().stream().map(ExportJob::id).collect(Collectors.toSet());
        ExportJob job = exports.submit(ask);
        return new SubmittedExport(job, !before.contains(job.id()));
    }

    /** Returns the HTTP status of the answer: 202 Accepted for a new export, else 200 (RFC 9110, section 15.3.3). */
    public int status() {
        return created ? 202 : 200;
    }
}
