package dev.exeunt.spring.provider;

/** The identity provider's answer is missing or of no use. The message is a sentence for the operator. */
final class ProviderException extends Exception {
    private static final long serialVersionUID = 1L;

    /** From the least telling to the most. */
    enum ProviderFailureKind {
        /** no answer: another address of the same provider has none either */
        AWAY,
        /** an answer that is no document, such as 404 */
        STATUS,
        /** a document that is wrong */
        DOCUMENT
    }

    private final ProviderFailureKind kind;

    ProviderException(ProviderFailureKind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    ProviderFailureKind kind() {
        return kind;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
