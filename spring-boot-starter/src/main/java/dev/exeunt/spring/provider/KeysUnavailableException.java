package dev.exeunt.spring.provider;

import dev.exeunt.ExeuntException;

/** The identity provider's keys cannot be read, and none are known. The message names the cause. */
public final class KeysUnavailableException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    public KeysUnavailableException(String fault, Throwable cause) {
        super("The keys that tokens are signed with cannot be read: " + fault, cause);
    }
}
