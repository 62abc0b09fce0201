package dev.exeunt.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Lists the states of a request. {@link RequestTransition} alone says which follows which. */
public enum RequestState {
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

    public static Optional<RequestState> of(String word) {
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
