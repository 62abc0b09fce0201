package dev.exeunt;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything Exeunt throws on purpose. Its message is a whole sentence for the person at the keyboard: what
 * is wrong, where, and what to do. It names tables, columns, constraints and requests, and never a value of a person.
 */
public class ExeuntException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ExeuntException(String message) {
        this(message, null);
    }

    public ExeuntException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
