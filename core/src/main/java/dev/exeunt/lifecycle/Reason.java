package dev.exeunt.lifecycle;

import dev.exeunt.ExeuntException;

/** Why something failed, fit to be stored and shown. */
public final class Reason {

    private Reason() {}

    /** Messages of the product's own exceptions hold no value of anybody; of others nobody knows. */
    public static String of(RuntimeException e) {
        return e instanceof ExeuntException
                ? String.valueOf(e.getMessage())
                : e.getClass().getName();
    }
}
