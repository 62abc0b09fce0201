package dev.exeunt.internal.delivery;

import static dev.exeunt.export.ExportState.CANCELLED;
import static dev.exeunt.export.ExportState.DELIVERED;
import static dev.exeunt.export.ExportState.EXPIRED;
import static dev.exeunt.export.ExportState.FAILED;
import static dev.exeunt.export.ExportState.PENDING;
import static dev.exeunt.export.ExportState.READY;
import static dev.exeunt.export.ExportState.RUNNING;

import dev.exeunt.export.ExportState;
import java.util.EnumSet;
import java.util.Set;

/**
 * Every way in which an export changes its state; there is no other, and each is a compare-and-set. The table in docs/explanation/exports.md
 * says the same, and a test holds the two together.
 */
public enum ExportTransition {
    /** by a worker */
    START(RUNNING, PENDING),
    /** by another worker, when the one that had it is gone */
    TAKE_OVER(RUNNING, RUNNING),
    /** by the worker that holds it: the archive is whole */
    FINISH(READY, RUNNING),
    /** by the worker that holds it: the attempt failed or was interrupted, and another will be made */
    PUT_OFF(PENDING, RUNNING),
    /** by the worker that holds it: the last attempt failed */
    GIVE_UP(FAILED, RUNNING),
    /** by the person, or staff for them; or because the account is erased */
    CANCEL(CANCELLED, PENDING, RUNNING),
    /** when its time is over; or because the account is erased */
    EXPIRE(EXPIRED, READY),
    /** of an export that is handed over while it is read and kept nowhere: the reader did not get all of it */
    BREAK_OFF(FAILED, DELIVERED);

    private final ExportState to;
    private final Set<ExportState> from;

    ExportTransition(ExportState to, ExportState first, ExportState... more) {
        this.to = to;
        this.from = Set.copyOf(EnumSet.of(first, more));
    }

    /** Returns the states in which the transition may happen. In any other state the attempt is refused. */
    public Set<ExportState> from() {
        return from;
    }

    public ExportState to() {
        return to;
    }
}
