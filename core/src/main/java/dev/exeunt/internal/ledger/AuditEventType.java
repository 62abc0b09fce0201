package dev.exeunt.internal.ledger;

import java.util.Locale;

/** Lists the types of audit events, with their names in the audit log. */
public enum AuditEventType {
    DATA_EXPORT_REQUESTED,
    DATA_EXPORT_READY,
    DATA_EXPORT_FETCHED,
    DATA_EXPORT_FAILED,
    DATA_EXPORT_CANCELLED,
    DATA_EXPORT_EXPIRED,
    DATA_DELETION_REQUESTED,
    DEACTIVATION_REQUESTED,
    ACCOUNT_DELETION_REQUESTED,
    REQUEST_CANCELLED,
    REACTIVATED,
    GUARD_OVERRIDDEN,
    /** systems were told that the account is about to be erased */
    ERASURE_STARTING,
    /** a system had not taken that in time, and the erasure goes on */
    ERASURE_NOT_AWAITED,
    ERASURE_STARTED,
    ERASURE_BLOCKED,
    /** the erasure is due, and a legal hold keeps it from being done */
    ERASURE_HELD,
    /** the legal hold is over, and the erasure goes on */
    ERASURE_RESUMED,
    ERASURE_FAILED,
    ERASURE_RETRIED,
    ERASED,
    /** rows of a person came after the erasure of the account: {@code details} has the counts */
    LATE_ROWS_FOUND,
    /** rows that came after an erasure were erased */
    LATE_ROWS_ERASED,
    /** staff have seen to rows that came after an erasure: they are not the erased person's, or are gone */
    LATE_ROWS_DISMISSED,
    /** rows that an erasure kept for a period were deleted: {@code details} has the counts */
    KEPT_ROWS_DELETED,
    /** staff placed a legal hold; {@code details} of this and the next have its number */
    LEGAL_HOLD_PLACED,
    LEGAL_HOLD_RELEASED,
    /** staff asked for what was open already, or again under the same idempotency key */
    REQUEST_REPEATED,
    /** staff made a call over HTTP, whatever came of it: {@code details} has the call and, keyed, the person */
    STAFF_CALLED,
    /** events were sent to an external system again; {@code details} of this and the next three name the system, and the event if it was one */
    EVENTS_RESENT,
    /** an external system's events wait until it is resumed */
    SYSTEM_PAUSED,
    SYSTEM_RESUMED,
    /** staff wait no longer for an external system's answer, or have settled its refusal */
    ANSWER_CLOSED;

    /** {@code user.erased} */
    public String text() {
        return "user." + name().toLowerCase(Locale.ROOT);
    }
}
