package dev.exeunt.delivery;

import dev.exeunt.archive.Attachment;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a person gets at their archive: exactly one of store and token is there.
 *
 * @param store an address of the store's own, signed by it
 * @param token of a link of our own, for {@link Exports#download}
 * @param until how long either is good for
 */
public record Handover(@Nullable URI store, @Nullable String token, Instant until, Attachment attachment, long bytes) {

    /** Without the address and the token: whoever has either has the archive. */
    @Override
    public String toString() {
        return "Handover[until=" + until + ", bytes=" + bytes + "]";
    }
}
