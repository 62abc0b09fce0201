package dev.exeunt.spring.signin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares who may make a call; calls without it are refused. One without it nobody may. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CallAccess {

    CallerKind value();

    /** Whether also people may whose account is blocked or deactivated. */
    boolean whileAway() default true;

    /** Whether the caller must have signed in recently ({@code exeunt.recent-sign-in}). */
    SignInAge recent() default SignInAge.NO;

    /** Whether a GET counts as something done, and so by a cookie needs what only our own page can send. */
    boolean counts() default false;

    /** How recently the caller must have signed in. */
    enum SignInAge {
        NO,
        /** as for the flows, which hide or erase data */
        FLOW,
        /** as for downloads, which hand data over */
        DOWNLOAD
    }

    /** Lists the kinds of callers: anyone, person, staff and service. */
    enum CallerKind {
        /** what is asked for is protected by itself */
        ANYONE,
        PERSON,
        STAFF,
        /** the application itself */
        SERVICE
    }
}
