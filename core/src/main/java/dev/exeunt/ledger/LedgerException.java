package dev.exeunt.ledger;

import dev.exeunt.ExeuntException;

/**
 * Thrown while the ledger does not allow requests and erasures: the database was restored from a backup and is behind its ledger, or the
 * copy outside it cannot be reached or does not fit. Nothing was changed.
 */
public final class LedgerException extends ExeuntException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Says why the ledger does not allow it. */
    public enum Reason {
        /** the database lacks entries of the copy: {@code exeunt replay} erases again who had been */
        BEHIND,
        /** database and copy hold different entries at the same position */
        FORKED,
        /** an entry was changed, is missing, or does not bear the mark of the key */
        TAMPERED,
        /** the copy has entries of a newer version of the program */
        NEWER,
        /** the copy cannot be read or written now */
        UNREACHABLE
    }

    public LedgerException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
