package dev.exeunt.internal.map.notice;

import dev.exeunt.map.DataMap.LanguageText;

/**
 * Says for what rows are used (GDPR Art. 15(1)(a) to (c) and (g)). Each text is empty where the map says nothing.
 *
 * @param basis the legal basis, such as a contract or consent
 * @param categories the categories of data; only of one table
 * @param source where the data comes from
 */
public record ProcessingTerms(
        LanguageText purpose,
        LanguageText basis,
        LanguageText categories,
        LanguageText recipients,
        LanguageText source) {

    /** What a map that says nothing gets. */
    public static final ProcessingTerms NONE = new ProcessingTerms(
            LanguageText.NONE, LanguageText.NONE, LanguageText.NONE, LanguageText.NONE, LanguageText.NONE);

    /** The same terms, with those of the whole map where a table says nothing of its own. */
    public ProcessingTerms orElse(ProcessingTerms defaults) {
        return new ProcessingTerms(
                or(purpose, defaults.purpose),
                or(basis, defaults.basis),
                categories,
                or(recipients, defaults.recipients),
                or(source, defaults.source));
    }

    private static LanguageText or(LanguageText own, LanguageText otherwise) {
        return own.isEmpty() ? otherwise : own;
    }
}
