package dev.exeunt.support.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a system says that it did with the person's data.
 *
 * @param reason why the system refused; null otherwise
 */
public record SystemAnswer(AnswerResult result, @Nullable String reason) {

    /** Longer reasons are cut off. */
    private static final int LONGEST = 500;

    public SystemAnswer {
        reason = reason == null || reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST);
    }

    /** Says what became of the data in the system. */
    public enum AnswerResult {
        ERASED,
        NOTHING_FOUND,
        REFUSED;

        /** As systems write it: {@code nothing-found}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<AnswerResult> of(String word) {
            return Arrays.stream(values()).filter(r -> r.word().equals(word)).findFirst();
        }
    }
}
