package dev.exeunt.spring.signin;

import dev.exeunt.ExeuntException;

/** A hand-off link would end the session of another person, who has not been asked. */
public final class SignedInAsAnotherException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    SignedInAsAnotherException() {
        super("This browser is signed in with another account. Ask the person which account they want to use here.");
    }
}
