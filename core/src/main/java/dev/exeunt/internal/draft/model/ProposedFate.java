package dev.exeunt.internal.draft.model;

/** Lists the fates that a draft can propose. */
public enum ProposedFate {
    DELETE,
    DETACH,
    ANONYMIZE,
    KEEP,
    UNDECIDED;

    /** Whether rows of this fate are there afterwards, so that their columns must be spoken of. */
    public boolean outlives() {
        return this == DETACH || this == ANONYMIZE || this == KEEP;
    }

    /** Whether afterwards no row refers to the person by this link. */
    public boolean removesLink() {
        return this == DELETE || this == DETACH;
    }
}
