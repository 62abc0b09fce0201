package dev.exeunt.export;

import dev.exeunt.archive.Attachment;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gives access to a finished archive: by an address of the store or by our signed token.
 *
 * @param store an address of the store's own, signed by it
 * @param token of a link of our own, for {@link ExportJobs#download}
 * @param until how long either is good for
 */
public record DownloadGrant(
        @Nullable URI store, @Nullable String token, Instant until, Attachment attachment, long bytes) {

    /** Without the address and the token: either of them opens the archive. */
    @Override
    public String toString() {
        return "DownloadGrant[until=" + until + ", bytes=" + bytes + "]";
    }
}
