package dev.exeunt.internal.outbox;

import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.map.LifecycleSettings.EventName;
import org.jspecify.annotations.Nullable;

/** Says which event other systems are told when an audit event is written. */
final class OutboxEventTypes {

    private OutboxEventTypes() {}

    /**
     * Returns the event; null where other systems are told nothing.
     *
     * @param dataOnly whether the request deletes data and no account
     */
    static @Nullable EventName of(AuditEventType type, boolean dataOnly) {
        return switch (type) {
            case DATA_EXPORT_REQUESTED -> EventName.DATA_EXPORT_REQUESTED;
            case DATA_EXPORT_READY -> EventName.DATA_EXPORT_READY;
            case DATA_EXPORT_FETCHED -> EventName.DATA_EXPORT_FETCHED;
            case DATA_EXPORT_FAILED -> EventName.DATA_EXPORT_FAILED;
            case DATA_EXPORT_CANCELLED -> EventName.DATA_EXPORT_CANCELLED;
            case DATA_EXPORT_EXPIRED -> EventName.DATA_EXPORT_EXPIRED;
            case DATA_DELETION_REQUESTED -> EventName.DATA_DELETION_REQUESTED;
            case DEACTIVATION_REQUESTED -> EventName.DEACTIVATED;
            case ACCOUNT_DELETION_REQUESTED -> EventName.ACCOUNT_DELETION_REQUESTED;
            case REQUEST_CANCELLED -> EventName.CANCELLED;
            case REACTIVATED -> EventName.REACTIVATED;
            case GUARD_OVERRIDDEN -> EventName.GUARD_OVERRIDDEN;
            case ERASURE_STARTING -> EventName.ERASURE_STARTING;
            case ERASURE_BLOCKED -> EventName.ERASURE_BLOCKED;
            case ERASURE_HELD -> EventName.ERASURE_HELD;
            case ERASURE_RESUMED -> EventName.ERASURE_RESUMED;
            case ERASURE_FAILED -> EventName.ERASURE_FAILED;
            case ERASURE_RETRIED -> EventName.ERASURE_RETRIED;
            case ERASED -> dataOnly ? EventName.DATA_ERASED : EventName.ERASED;
            case ERASURE_STARTED,
                    ERASURE_NOT_AWAITED,
                    LATE_ROWS_FOUND,
                    LATE_ROWS_ERASED,
                    LATE_ROWS_DISMISSED,
                    KEPT_ROWS_DELETED,
                    LEGAL_HOLD_PLACED,
                    LEGAL_HOLD_RELEASED,
                    REQUEST_REPEATED,
                    STAFF_CALLED,
                    EVENTS_RESENT,
                    SYSTEM_PAUSED,
                    SYSTEM_RESUMED,
                    ANSWER_CLOSED -> null;
        };
    }
}
