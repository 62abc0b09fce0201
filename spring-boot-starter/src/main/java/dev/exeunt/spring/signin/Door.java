package dev.exeunt.spring.signin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Who may make a call. One without it nobody may. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Door {

    Who value();

    /** Whether also people may whose account is blocked or deactivated. */
    boolean whileAway() default true;

    /** Whether the caller must have signed in recently ({@code exeunt.recent-sign-in}). */
    Recent recent() default Recent.NO;

    /** Whether a GET counts as something done, and so by a cookie needs what only our own page can send. */
    boolean counts() default false;

    /** How recently the caller must have signed in. */
    enum Recent {
        NO,
        /** as for the flows, which hide or erase data */
        FLOW,
        /** as for downloads, which hand data over */
        DOWNLOAD
    }

    /** Whom a call is for. */
    enum Who {
        /** what is asked for is protected by itself */
        ANYONE,
        PERSON,
        STAFF,
        /** the application itself */
        SERVICE
    }
}
