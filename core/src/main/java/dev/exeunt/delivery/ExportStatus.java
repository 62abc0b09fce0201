package dev.exeunt.delivery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a person stands with their exports.
 *
 * @param jobs those that are remembered, the latest first
 * @param again from when on another may be asked for; null where it may now
 */
public record ExportStatus(List<ExportJob> jobs, @Nullable Instant again) {
    public ExportStatus {
        jobs = List.copyOf(jobs);
    }
}
