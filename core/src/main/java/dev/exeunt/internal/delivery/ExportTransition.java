package dev.exeunt.internal.delivery;

import static dev.exeunt.export.ExportJob.State.CANCELLED;
import static dev.exeunt.export.ExportJob.State.DELIVERED;
import static dev.exeunt.export.ExportJob.State.EXPIRED;
import static dev.exeunt.export.ExportJob.State.FAILED;
import static dev.exeunt.export.ExportJob.State.PENDING;
import static dev.exeunt.export.ExportJob.State.READY;
import static dev.exeunt.export.ExportJob.State.RUNNING;

import dev.exeunt.export.ExportJob;
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

    private final ExportJob.State to;
    private final Set<ExportJob.State> from;

    ExportTransition(ExportJob.State to, ExportJob.State first, ExportJob.State... more) {
        this.to = to;
        this.from = Set.copyOf(EnumSet.of(first, more));
    }

    /** Returns the states in which the transition may happen. In any other state the attempt is refused. */
    public Set<ExportJob.State> from() {
        return from;
    }

    public ExportJob.State to() {
        return to;
    }
}
