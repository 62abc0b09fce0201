package dev.exeunt.request;

import dev.exeunt.map.AccountFlow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds the state of a person's request. Without the person's key and their reason: it may be shown to staff and logged.
 *
 * @param requestedBy {@code self}, or who of the staff
 * @param softDeletedAt when their data was hidden
 * @param loginBlockedUntil null where the flow blocks no login
 * @param dueAt when the erasure may begin
 * @param cancelledAt of the flows that are cancelled
 * @param reactivatedAt of {@link AccountFlow#DEACTIVATE}, which is not cancelled
 * @param attempts to erase that failed, one after the other
 * @param failure table and constraint of the last attempt, where it failed; never a value
 * @param incomplete whether rows were left since another present person holds a value of theirs; the receipt says how many
 */
public record Request(
        UUID id,
        AccountFlow flow,
        RequestState state,
        Instant requestedAt,
        String requestedBy,
        @Nullable Instant softDeletedAt,
        @Nullable Instant loginBlockedUntil,
        Instant dueAt,
        @Nullable Instant cancelledAt,
        @Nullable Instant reactivatedAt,
        @Nullable Instant erasedAt,
        int attempts,
        @Nullable String failure,
        boolean incomplete) {}
