package dev.exeunt.lifecycle;

import dev.exeunt.map.Flow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a person stands: their requests to leave, each by itself, since each has fields of its own.
 *
 * @param requests the latest first
 */
public record Status(Gate gate, List<Request> requests) {

    public Status {
        requests = List.copyOf(requests);
    }

    /** The latest request of a flow, whatever became of it. */
    public Optional<Request> latest(Flow flow) {
        return requests.stream().filter(r -> r.flow() == flow).findFirst();
    }

    public @Nullable Instant dataDeletionRequestedAt() {
        return latest(Flow.DELETE_DATA).map(Request::requestedAt).orElse(null);
    }

    public @Nullable Instant deactivatedAt() {
        return latest(Flow.DEACTIVATE).map(Request::requestedAt).orElse(null);
    }

    public @Nullable Instant reactivatedAt() {
        return latest(Flow.DEACTIVATE).map(Request::reactivatedAt).orElse(null);
    }
}
