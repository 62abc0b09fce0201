package dev.exeunt.request;

import static dev.exeunt.request.RequestState.BLOCKED;
import static dev.exeunt.request.RequestState.CANCELLED;
import static dev.exeunt.request.RequestState.ERASED;
import static dev.exeunt.request.RequestState.ERASING;
import static dev.exeunt.request.RequestState.FAILED;
import static dev.exeunt.request.RequestState.REACTIVATED;
import static dev.exeunt.request.RequestState.SCHEDULED;

import java.util.EnumSet;
import java.util.Set;

/**
 * Lists every allowed change of a request's state. The table in docs/explanation/lifecycle.md says the same, and a test holds the
 * two together.
 */
public enum RequestTransition {
    /** by a worker, when it is due */
    CLAIM(ERASING, SCHEDULED, BLOCKED),
    /** by another worker, when the one that had it has not been heard of in time */
    TAKE_OVER(ERASING, ERASING),
    /** by the worker that holds it, in the transaction that erased */
    ERASE(ERASED, ERASING),
    /** by the worker that holds it: a guard stands in the way */
    BLOCK(BLOCKED, ERASING),
    /** by the worker that holds it: the attempt failed, and another will be made later */
    PUT_OFF(SCHEDULED, ERASING),
    /** by the worker that holds it: the last attempt failed */
    GIVE_UP(FAILED, ERASING),
    /** by staff, who have put right what made it fail */
    RETRY(SCHEDULED, FAILED),
    /** by the person, or staff for them: delete-data and delete-account */
    CANCEL(CANCELLED, SCHEDULED, BLOCKED, FAILED),
    /** by the person, or staff for them: deactivate */
    REACTIVATE(REACTIVATED, SCHEDULED, BLOCKED, FAILED),
    /** by a worker that erased the whole account for another request of the same person */
    OVERTAKE(ERASED, SCHEDULED, ERASING, BLOCKED, FAILED);

    private final RequestState to;
    private final Set<RequestState> from;

    RequestTransition(RequestState to, RequestState first, RequestState... more) {
        this.to = to;
        this.from = Set.copyOf(EnumSet.of(first, more));
    }

    /** The states in which the transition is allowed. */
    public Set<RequestState> from() {
        return from;
    }

    public RequestState to() {
        return to;
    }
}
