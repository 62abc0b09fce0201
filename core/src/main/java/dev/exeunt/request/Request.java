package dev.exeunt.request;

import static dev.exeunt.request.Request.State.BLOCKED;
import static dev.exeunt.request.Request.State.CANCELLED;
import static dev.exeunt.request.Request.State.ERASED;
import static dev.exeunt.request.Request.State.ERASING;
import static dev.exeunt.request.Request.State.FAILED;
import static dev.exeunt.request.Request.State.REACTIVATED;
import static dev.exeunt.request.Request.State.SCHEDULED;

import dev.exeunt.map.AccountFlow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
        State state,
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
        boolean incomplete) {

    /** Lists the states of a request. {@link Transition} alone says which follows which. */
    public enum State {
        /** accepted; the data is hidden and nothing is lost yet */
        SCHEDULED,
        /** the point of no return: a worker is erasing */
        ERASING,
        /** done; the row no longer says whose it was */
        ERASED,
        /** taken back; everything is as it was */
        CANCELLED,
        /** the account was taken up again; everything is as it was */
        REACTIVATED,
        /** due, but a guard stands in the way; looked at again later */
        BLOCKED,
        /** tried in vain as often as it is tried by itself; nothing was erased */
        FAILED;

        /** As the tables and users have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<State> of(String word) {
            return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
        }

        /** Whether the person came back. A login block may still hold. */
        public boolean isWithdrawn() {
            return this == CANCELLED || this == REACTIVATED;
        }

        /** Whether the person is on the way out: nothing is decided for good, or it is being done. */
        public boolean isOpen() {
            return this != ERASED && this != CANCELLED && this != REACTIVATED;
        }
    }

    /**
     * Lists every allowed change of a request's state. The table in docs/explanation/lifecycle.md says the same, and a test holds the
     * two together.
     */
    public enum Transition {
        /** by a worker, when it is due */
        CLAIM(ERASING, SCHEDULED, BLOCKED),
        /** by another worker, when the one that had it has not been heard of in time */
        TAKE_OVER(ERASING, ERASING),
        /** by the worker that holds it, in the transaction that erased */
        ERASE(ERASED, ERASING),
        /** by the worker that holds it: a guard stands in the way */
        BLOCK(BLOCKED, ERASING),
        /** by the worker that holds it: the attempt failed, or other systems are told first; another will be made later */
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

        private final Request.State to;
        private final Set<Request.State> from;

        Transition(Request.State to, Request.State first, Request.State... more) {
            this.to = to;
            this.from = Set.copyOf(EnumSet.of(first, more));
        }

        /** The states in which the transition is allowed. */
        public Set<Request.State> from() {
            return from;
        }

        public Request.State to() {
            return to;
        }
    }

    /**
     * Computes the legal deadlines by which a request must be answered. A month is the calendar's, by UTC: a request of the
     * 31st must be answered by the last day of a shorter month.
     *
     * <pre>{@code
     * Request.Deadlines.of(request.requestedAt()).oneMonth(); // asked 2026-01-31T10:00:00Z: 2026-02-28T10:00:00Z
     * }</pre>
     *
     * @param oneMonth Regulation (EU) 2016/679, article 12 (3)
     * @param fortyFiveDays California Civil Code, section 1798.130 (a) (2)
     */
    public record Deadlines(Instant oneMonth, Instant fortyFiveDays) {

        private static final Duration FORTY_FIVE_DAYS = Duration.ofDays(45);

        /** Returns the deadlines of a request that was made at this moment. */
        public static Deadlines of(Instant requestedAt) {
            return new Deadlines(
                    requestedAt.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant(), requestedAt.plus(FORTY_FIVE_DAYS));
        }
    }
}
