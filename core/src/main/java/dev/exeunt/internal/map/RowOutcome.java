package dev.exeunt.internal.map;

/**
 * Lists everything that can become of a role's rows, when the person is erased and while the rows are hidden.
 *
 * <p>Code that depends on the outcome asks one of the questions below, or has a {@code switch} expression of its own. None
 * of them has a {@code default} branch, so that a new constant does not compile until each of them has decided about it.
 */
public enum RowOutcome {
    /** An erasure deletes the rows. */
    DELETE("delete"),
    /** An erasure overwrites columns; the rows and the link stay. */
    ANONYMIZE("anonymize"),
    /** An erasure sets the link to NULL; the rows stay. */
    DETACH("detach"),
    /** An erasure sets the link to the key of a standing row; the rows stay. */
    REASSIGN("reassign"),
    /** An erasure keeps the rows for a stated reason. */
    KEEP("keep"),
    /** The flow does not concern the rows. */
    LEAVE_ALONE("leave alone"),
    /** The map says that the decision is still open. */
    UNDECIDED("undecided"),
    /** The map does not say what becomes of the rows. */
    UNSPECIFIED("nothing"),
    /** The request moves the rows out of their table, and a withdrawal moves them back. */
    STASH("stash"),
    /** The request overwrites columns, and a withdrawal restores them. */
    OVERWRITE_WHILE_HIDDEN("set"),
    /** The request deletes the rows for good. */
    DELETE_AT_REQUEST("delete");

    private final String word;

    RowOutcome(String word) {
        this.word = word;
    }

    /** The word that a map, a report and a receipt use for it. */
    public String word() {
        return word;
    }

    /** Whether the rows leave their table. */
    public boolean removesRows() {
        return switch (this) {
            case DELETE, STASH, DELETE_AT_REQUEST -> true;
            case ANONYMIZE, DETACH, REASSIGN, KEEP, LEAVE_ALONE, UNDECIDED, UNSPECIFIED, OVERWRITE_WHILE_HIDDEN ->
                false;
        };
    }

    /** Whether the rows leave their table and can be put back unchanged. */
    public boolean putsRowsAside() {
        return switch (this) {
            case STASH -> true;
            case DELETE,
                    ANONYMIZE,
                    DETACH,
                    REASSIGN,
                    KEEP,
                    LEAVE_ALONE,
                    UNDECIDED,
                    UNSPECIFIED,
                    OVERWRITE_WHILE_HIDDEN,
                    DELETE_AT_REQUEST -> false;
        };
    }

    /** Whether the outcome itself writes the link's columns, so that the rows stay without the person. */
    public boolean cutsLink() {
        return switch (this) {
            case DETACH, REASSIGN -> true;
            case DELETE,
                    ANONYMIZE,
                    KEEP,
                    LEAVE_ALONE,
                    UNDECIDED,
                    UNSPECIFIED,
                    STASH,
                    OVERWRITE_WHILE_HIDDEN,
                    DELETE_AT_REQUEST -> false;
        };
    }

    /** Whether the rows stay as they are for a stated reason, but for the rules of the keep itself. */
    public boolean keepsRows() {
        return switch (this) {
            case KEEP -> true;
            case DELETE,
                    ANONYMIZE,
                    DETACH,
                    REASSIGN,
                    LEAVE_ALONE,
                    UNDECIDED,
                    UNSPECIFIED,
                    STASH,
                    OVERWRITE_WHILE_HIDDEN,
                    DELETE_AT_REQUEST -> false;
        };
    }

    /** Whether the rows outlive an erasure on purpose, so that the map must name every column that may hold personal data. */
    public boolean outlivesErasure() {
        return switch (this) {
            case ANONYMIZE, DETACH, REASSIGN, KEEP -> true;
            case DELETE, LEAVE_ALONE, UNDECIDED, UNSPECIFIED, STASH, OVERWRITE_WHILE_HIDDEN, DELETE_AT_REQUEST -> false;
        };
    }

    /** Whether the flow leaves the rows to another flow, or to nothing at all. */
    public boolean leavesRowsAlone() {
        return switch (this) {
            case LEAVE_ALONE -> true;
            case DELETE,
                    ANONYMIZE,
                    DETACH,
                    REASSIGN,
                    KEEP,
                    UNDECIDED,
                    UNSPECIFIED,
                    STASH,
                    OVERWRITE_WHILE_HIDDEN,
                    DELETE_AT_REQUEST -> false;
        };
    }

    /** Whether the map says that the decision is still open. Checks then report only that. */
    public boolean awaitsDecision() {
        return switch (this) {
            case UNDECIDED -> true;
            case DELETE,
                    ANONYMIZE,
                    DETACH,
                    REASSIGN,
                    KEEP,
                    LEAVE_ALONE,
                    UNSPECIFIED,
                    STASH,
                    OVERWRITE_WHILE_HIDDEN,
                    DELETE_AT_REQUEST -> false;
        };
    }
}
