package dev.exeunt.archive;

import dev.exeunt.ExeuntException;

/**
 * Thrown when an archive could not be stored, opened or removed. The message is a sentence that names the store and no person. The
 * cause is not kept, since its text is the system's.
 */
public final class ArchiveException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    private final ArchiveFailureReason why;

    public ArchiveException(ArchiveFailureReason why, String message) {
        super(message);
        this.why = why;
    }

    /** Returns what every store throws where the thread was told to stop. */
    public static ArchiveException interrupted() {
        return new ArchiveException(ArchiveFailureReason.INTERRUPTED, "Archiving was interrupted. Nothing was kept.");
    }

    public ArchiveFailureReason why() {
        return why;
    }

    /** Whether the same may succeed later: the job should wait, not fail. */
    public boolean isTransient() {
        return why.passing;
    }

    /** Names the reason why an archive could not be stored, opened or removed. */
    public enum ArchiveFailureReason {
        /** nothing is stored under the name */
        ABSENT(false),
        /** what is stored is not what was: another size */
        DAMAGED(false),
        /** something is stored under the name already */
        TAKEN(false),
        /** another worker took the work over, and deleted what was being written */
        LOST(false),
        /** less than a second was left */
        EXPIRED(false),
        /** the content could not be written by who makes it */
        CONTENT(false),
        /** more than the store takes */
        TOO_LARGE(false),
        /** the thread was told to stop */
        INTERRUPTED(true),
        /** no space is left */
        FULL(true),
        /** the store does not answer, not in time, or that it cannot at the moment */
        UNREACHABLE(true),
        /** a setting or a permission is wrong; the operator has to correct it */
        REFUSED(true);

        private final boolean passing;

        ArchiveFailureReason(boolean passing) {
            this.passing = passing;
        }
    }
}
