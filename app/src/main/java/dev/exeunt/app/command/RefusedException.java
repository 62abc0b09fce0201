package dev.exeunt.app.command;

import dev.exeunt.ExeuntException;

/** The command could run, and was not allowed to. */
public final class RefusedException extends ExeuntException {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
