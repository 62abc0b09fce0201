package dev.exeunt.internal.outbox;

import dev.exeunt.ExeuntException;

/** Thrown when a change has to be told to external systems and no key was given to encrypt the event with. Nothing was changed. */
public final class MissingEventKeyException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    public MissingEventKeyException() {
        super(
                "The map names systems under external, and the key that encrypts their events is not set. Nothing was changed. Give the"
                        + " key of the installation in EXEUNT_KEY.");
    }
}
