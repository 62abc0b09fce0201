package dev.exeunt.archive;

import dev.exeunt.ExeuntException;

/**
 * Thrown when an archive could not be stored, opened or removed. The message is a sentence that names the store and no person; the
 * exception that told is not kept, since its text is the system's.
 */
public final class ArchiveException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    private final ArchiveFailureReason why;

    public ArchiveException(ArchiveFailureReason why, String message) {
        super(message);
        this.why = why;
    }

    public ArchiveFailureReason why() {
        return why;
    }

    /** Whether the same may succeed later, without anybody asking again: the job should wait, not fail. */
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
        /** what was being written was deleted meanwhile, by whoever took the work over */
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
        /** a setting or a permission is wrong; somebody has to put it right */
        REFUSED(true);

        private final boolean passing;

        ArchiveFailureReason(boolean passing) {
            this.passing = passing;
        }
    }
}
