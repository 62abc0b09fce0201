package dev.exeunt.spring.external;

import dev.exeunt.support.event.SystemAnswer;
import dev.exeunt.support.event.SystemAnswer.AnswerResult;
import org.jspecify.annotations.Nullable;

/**
 * Says what an {@link AccountEventReceiver} did about an event. Exeunt records an answer to {@code user.erased} and {@code
 * user.data_erased}, where the map gives the system a deadline; elsewhere it counts as taken.
 */
public final class EventAnswer {

    private static final EventAnswer TAKEN = new EventAnswer(null);

    private final @Nullable SystemAnswer answer;

    private EventAnswer(@Nullable SystemAnswer answer) {
        this.answer = answer;
    }

    /** The event was taken. Of an erasure the answer may follow by HTTP. */
    public static EventAnswer taken() {
        return TAKEN;
    }

    /** The person's data was erased there. */
    public static EventAnswer erased() {
        return new EventAnswer(new SystemAnswer(AnswerResult.ERASED, null));
    }

    /** There was no data of the person. */
    public static EventAnswer nothingFound() {
        return new EventAnswer(new SystemAnswer(AnswerResult.NOTHING_FOUND, null));
    }

    /**
     * The data has to stay.
     *
     * @param reason that staff read, without anything that tells who the person is; at most 500 characters of it are kept
     */
    public static EventAnswer refused(String reason) {
        return new EventAnswer(new SystemAnswer(AnswerResult.REFUSED, reason));
    }

    @Nullable
    SystemAnswer answer() {
        return answer;
    }

    @Override
    public String toString() {
        return answer == null ? "taken" : answer.result().word();
    }
}
