package dev.exeunt.app;

import dev.exeunt.ExeuntException;

/** The command could run, and was not allowed to. */
final class RefusedException extends ExeuntException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
