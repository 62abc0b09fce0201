package dev.exeunt.support.message;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says where addresses and languages are found, and when the reminder goes out.
 *
 * @param column the subject's column with the e-mail address
 * @param languageColumn the subject's column with the language that the person reads; null where there is none
 * @param languages the languages that there are texts in, as lower-case language codes; the first is used where nothing else is known
 * @param reminder how long before the erasure the reminder goes out; a request with less than twice that time gets none
 */
public record MessageSettings(
        String column, @Nullable String languageColumn, List<String> languages, Duration reminder) {

    public MessageSettings {
        languages = List.copyOf(languages);
    }
}
