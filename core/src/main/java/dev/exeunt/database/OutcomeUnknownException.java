package dev.exeunt.database;

import dev.exeunt.ExeuntException;

/** Reports that the connection was lost during a commit, so that the transaction may or may not have taken effect. */
public final class OutcomeUnknownException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException() {
        super("The connection was lost while the erasure was being committed: it is not known whether it took effect."
                + " exeunt verify KEY tells.");
    }
}
