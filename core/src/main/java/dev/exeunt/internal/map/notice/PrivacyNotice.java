package dev.exeunt.internal.map.notice;

import dev.exeunt.map.DataMap.LanguageText;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the map says to people about the use of their data as a whole.
 *
 * @param controller null where the map does not name one
 * @param defaults what goes for each table that says nothing of its own
 * @param transfers transfers to third countries, with the safeguards (GDPR Art. 15(2)); empty where the map says nothing
 * @param automatedDecisions automated decisions, with their logic and consequences (GDPR Art. 15(1)(h)); empty where the map says nothing
 */
public record PrivacyNotice(
        @Nullable ControllerDetails controller,
        ProcessingTerms defaults,
        LanguageText transfers,
        LanguageText automatedDecisions) {

    /** What a map that says nothing gets. */
    public static final PrivacyNotice NONE =
            new PrivacyNotice(null, ProcessingTerms.NONE, LanguageText.NONE, LanguageText.NONE);

    /** Whether the map says nothing at all. */
    public boolean isEmpty() {
        return equals(NONE);
    }
}
