package dev.exeunt.request;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds one page of the request list and the position of the next.
 *
 * @param next null at the end
 */
public record RequestListPage(
        List<RequestListEntry> entries, @Nullable RequestListPosition next) {
    public RequestListPage {
        entries = List.copyOf(entries);
    }

    /**
     * Shows one request in the staff's list.
     *
     * @param subject the key as the caller would type it; null once the account is erased. Never to be logged
     * @param kind {@code export}, or a flow's word
     * @param reason why the person wants to leave, or why staff asked for them; staff's reasons are without key and
     *     identifiers. Null where none was given, and where a person gave it whose account is erased
     * @param incomplete whether an erasure left rows since another present person holds a value of theirs
     */
    public record RequestListEntry(
            UUID id,
            String kind,
            String state,
            @Nullable String subject,
            Instant requestedAt,
            String requestedBy,
            @Nullable String reason,
            @Nullable Instant dueAt,
            int attempts,
            @Nullable String failure,
            boolean incomplete) {

        public Request.Deadlines deadlines() {
            return Request.Deadlines.of(requestedAt);
        }

        @Override
        public String toString() {
            return "RequestListEntry[" + id + "]";
        }
    }

    /** Marks the last request of a page, after which the next page begins. */
    public record RequestListPosition(Instant requestedAt, UUID id) {}
}
