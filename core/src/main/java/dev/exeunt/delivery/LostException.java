package dev.exeunt.delivery;

import dev.exeunt.ExeuntException;

/** The export was cancelled, or is another worker's now: what this one has made of it is thrown away. */
final class LostException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    LostException() {
        super("The export was cancelled or taken over meanwhile.");
    }
}
