package dev.exeunt.archive;

import dev.exeunt.ExeuntException;

/** A link is not one of ours, or holds no longer. */
public final class LinkRefusedException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    private final Why why;

    LinkRefusedException(Why why) {
        super(why.sentence);
        this.why = why;
    }

    public Why why() {
        return why;
    }

    /** What it comes down to. */
    public enum Why {
        /** we never signed this */
        ALTERED("This link is not whole. Copy all of it, or ask for a new one."),
        /** its time is over */
        EXPIRED("This link has expired. Ask for a new one.");

        private final String sentence;

        Why(String sentence) {
            this.sentence = sentence;
        }
    }
}
