package dev.exeunt.internal.ledger.chain;

import dev.exeunt.internal.ledger.AuditEventType;
import java.util.Locale;
import java.util.Optional;

/** Lists what the ledger records of requests and erasures. */
public enum LedgerEntryType {
    /** a person, or staff for them, asked to leave or for their data to be deleted */
    REQUESTED,
    /** the request was taken back */
    WITHDRAWN,
    /** the person is about to be erased */
    INTENT,
    /** the person was erased, in the transaction of this entry */
    COMMITTED,
    /** the person was not erased, since a guard stood in the way or something failed */
    ABORTED,
    /** staff placed a legal hold on the person */
    HELD,
    /** staff released a legal hold */
    RELEASED;

    /** {@code requested} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is what people want, and not what the program did. */
    boolean isWish() {
        return this == REQUESTED || this == WITHDRAWN || this == HELD || this == RELEASED;
    }

    static LedgerEntryType of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Returns what the ledger records where the audit log records this; empty where nothing. */
    static Optional<LedgerEntryType> of(AuditEventType event) {
        return Optional.ofNullable(
                switch (event) {
                    case DATA_DELETION_REQUESTED, DEACTIVATION_REQUESTED, ACCOUNT_DELETION_REQUESTED -> REQUESTED;
                    case REQUEST_CANCELLED, REACTIVATED -> WITHDRAWN;
                    case ERASURE_STARTED -> INTENT;
                    case ERASED -> COMMITTED;
                    case ERASURE_BLOCKED, ERASURE_FAILED -> ABORTED;
                    default -> null;
                });
    }
}
