package dev.exeunt.internal.request;

import dev.exeunt.ExeuntException;

/** Turns an exception into a text that may be stored and shown. */
public final class FailureText {

    private FailureText() {}

    /**
     * Returns the message of Exeunt's own exceptions, which hold no personal data. Messages of other exceptions may.
     */
    public static String of(RuntimeException e) {
        return e instanceof ExeuntException
                ? String.valueOf(e.getMessage())
                : e.getClass().getName();
    }
}
