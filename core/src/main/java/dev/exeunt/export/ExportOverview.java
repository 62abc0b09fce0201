package dev.exeunt.export;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists a person's export jobs and says when the person may request another.
 *
 * @param jobs those that are remembered, the latest first
 * @param nextAllowedAt from when on another may be asked for; null where it may now
 */
public record ExportOverview(List<ExportJob> jobs, @Nullable Instant nextAllowedAt) {
    public ExportOverview {
        jobs = List.copyOf(jobs);
    }
}
