package dev.exeunt.spring.signin;

import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
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
public record Caller(String key, @Nullable Instant signedInAt, boolean staff, GateDecision.@Nullable GateState gate) {

    /** Under which a request carries it. */
    public static final String ATTRIBUTE = "dev.exeunt.caller";

    public Actor asStaff() {
        return Actor.staff(key);
    }

    /** Out of the application until they come back. */
    boolean away() {
        return gate == GateDecision.GateState.BLOCKED || gate == GateDecision.GateState.DEACTIVATED;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Caller[hidden]";
    }
}
