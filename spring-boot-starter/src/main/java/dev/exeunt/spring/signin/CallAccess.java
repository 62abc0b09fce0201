package dev.exeunt.spring.signin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares who may make a call. Calls without this annotation are refused. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CallAccess {

    CallerKind value();

    /** Whether people whose account is blocked or deactivated may make the call, too. */
    boolean whileAway() default true;

    /** Whether the caller must have signed in recently ({@code exeunt.recent-sign-in}). */
    SignInAge recent() default SignInAge.NO;

    /** Whether a GET has an effect. With a session cookie it then needs the CSRF header, which only our own page can send. */
    boolean counts() default false;

    /** How recently the caller must have signed in. */
    enum SignInAge {
        NO,
        /** as for the flows, which hide or erase data */
        FLOW,
        /** as for downloads, which hand data over */
        DOWNLOAD
    }

    /** Lists the kinds of callers. */
    enum CallerKind {
        /** callers without sign-in: the answer is public, or a secret in the address protects it */
        PUBLIC,
        /** a person of the data map, by token or session */
        PERSON,
        /** staff, by token */
        STAFF,
        /** the application itself, by a credential of its own */
        SERVICE
    }
}
