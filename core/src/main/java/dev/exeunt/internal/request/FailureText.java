package dev.exeunt.internal.request;

import dev.exeunt.ExeuntException;

/** Turns an exception into a text that may be stored and shown. */
public final class FailureText {

    private FailureText() {}

    /** Messages of the product's own exceptions hold no value of anybody; of others nobody knows. */
    public static String of(RuntimeException e) {
        return e instanceof ExeuntException
                ? String.valueOf(e.getMessage())
                : e.getClass().getName();
    }
}
