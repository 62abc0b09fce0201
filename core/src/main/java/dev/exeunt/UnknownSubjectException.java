package dev.exeunt;

/** Thrown when a key names no person, or more than one. */
public final class UnknownSubjectException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    public UnknownSubjectException(String message) {
        super(Character.toUpperCase(message.charAt(0)) + message.substring(1));
    }
}
