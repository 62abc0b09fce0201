package dev.exeunt.internal.verify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says what is recorded of people's erasure, which decides how their rows are judged.
 *
 * @param erasedAt when they were erased; null where no erasure is known
 * @param transactionAge how many transactions ago the record of it was written; null where that is not known
 */
record ErasureRecord(
        RecordKind kind,
        @Nullable Instant erasedAt,
        @Nullable Long transactionAge) {

    /** Lists what can be known of a person's erasure. */
    enum RecordKind {
        /** The account was erased, and no other person has its key. */
        ACCOUNT_ERASED,
        /** The account was erased, and a new person has its key since. */
        KEY_IN_USE_AGAIN,
        /** A request to delete data was carried out; the person has kept the account. */
        DATA_ERASED,
        /** The person is there, and no erasure is recorded. */
        NEVER_ERASED,
        /** Without the secret, or the tables that hold it, no record can be looked up. */
        UNKNOWN
    }

    static ErasureRecord none(RecordKind kind) {
        return new ErasureRecord(kind, null, null);
    }

    /** Whether the account is gone as far as is known, so that whatever rows do not bear their rule may have been changed since. */
    boolean isKnown() {
        return erasedAt != null;
    }
}
