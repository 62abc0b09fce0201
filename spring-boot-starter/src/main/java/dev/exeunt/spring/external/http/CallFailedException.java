package dev.exeunt.spring.external.http;

/** Thrown where a call to another system failed. It holds a word for what failed, and nothing that the system said. */
public final class CallFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String word;
    private final boolean away;

    /**
     * @param word what failed, as a word or a status code
     * @param away whether other calls to the system would fail in the same way
     */
    public CallFailedException(String word, boolean away) {
        super("The call failed: " + word);
        this.word = word;
        this.away = away;
    }

    /** Returns the failure of an answer that is no success. */
    public static CallFailedException ofStatus(int status) {
        return new CallFailedException(Integer.toString(status), status >= 500 || status == 429 || status == 408);
    }

    public String word() {
        return word;
    }

    public boolean away() {
        return away;
    }
}
