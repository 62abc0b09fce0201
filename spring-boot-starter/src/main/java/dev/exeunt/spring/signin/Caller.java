package dev.exeunt.spring.signin;

import dev.exeunt.ledger.Actor;
import dev.exeunt.lifecycle.Gate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param key of the person, by their token and by nothing else they send
 * @param signedInAt when they last showed who they are; null where the token does not say
 * @param staff whether they may act for others
 * @param gate how they stand with the application; null for staff who are no people of its
 */
public record Caller(String key, @Nullable Instant signedInAt, boolean staff, Gate.@Nullable State gate) {

    /** Under which a request carries it. */
    public static final String ATTRIBUTE = "dev.exeunt.caller";

    public Actor asStaff() {
        return Actor.staff(key);
    }

    /** Out of the application until they come back. */
    boolean away() {
        return gate == Gate.State.BLOCKED || gate == Gate.State.DEACTIVATED;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Caller[hidden]";
    }
}
