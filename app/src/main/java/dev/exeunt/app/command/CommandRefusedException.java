package dev.exeunt.app.command;

import dev.exeunt.ExeuntException;

/** Thrown when a command could run but was not allowed to. */
public final class CommandRefusedException extends ExeuntException {

    private static final long serialVersionUID = 1L;

    public CommandRefusedException(String message) {
        super(message);
    }
}
