package dev.exeunt.archive;

import dev.exeunt.ExeuntException;

/** Thrown when a download link was altered or has expired. */
public final class DownloadLinkRefusedException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    private final LinkRefusalReason why;

    public DownloadLinkRefusedException(LinkRefusalReason why) {
        super(why.sentence);
        this.why = why;
    }

    public LinkRefusalReason why() {
        return why;
    }

    /** Names the reason why a download link is refused. */
    public enum LinkRefusalReason {
        /** we never signed this */
        ALTERED("This link is not whole. Copy all of it, or ask for a new one."),
        /** its time is over */
        EXPIRED("This link has expired. Ask for a new one.");

        private final String sentence;

        LinkRefusalReason(String sentence) {
            this.sentence = sentence;
        }
    }
}
