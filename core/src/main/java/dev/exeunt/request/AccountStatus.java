package dev.exeunt.request;

import dev.exeunt.map.AccountFlow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a person's gate decision and requests, the latest first.
 *
 * @param requests the latest first
 */
public record AccountStatus(GateDecision gate, List<Request> requests) {

    public AccountStatus {
        requests = List.copyOf(requests);
    }

    /** The latest request of a flow, whatever became of it. */
    public Optional<Request> latest(AccountFlow flow) {
        return requests.stream().filter(r -> r.flow() == flow).findFirst();
    }

    public @Nullable Instant dataDeletionRequestedAt() {
        return latest(AccountFlow.DELETE_DATA).map(Request::requestedAt).orElse(null);
    }

    public @Nullable Instant deactivatedAt() {
        return latest(AccountFlow.DEACTIVATE).map(Request::requestedAt).orElse(null);
    }

    public @Nullable Instant reactivatedAt() {
        return latest(AccountFlow.DEACTIVATE).map(Request::reactivatedAt).orElse(null);
    }
}
