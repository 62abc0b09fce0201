package dev.exeunt.spring.web.call;

import dev.exeunt.map.DataMap;
import dev.exeunt.spring.settings.RecentSignIn;
import dev.exeunt.spring.signin.Caller;
import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** What a caller types whose token does not tell when they signed in, so that no call destroys or hands over data by mistake. */
public record TypedConfirmation(RecentSignIn rule) {

    /** What a person has to type for the flow; null where nothing, or where the map's {@code confirm} asks for it anyway. */
    @Nullable
    public String word(Caller caller, DataMap.Offer offer) {
        return isNeeded(caller) && offer.confirm() == null ? offer.flow().word() : null;
    }

    /** @param offer null where the map does not offer the flow, which the core refuses */
    public void require(Caller caller, DataMap.@Nullable Offer offer, @Nullable String typed) {
        String word = offer == null ? null : word(caller, offer);
        if (word != null && !word.equals(stripped(typed))) {
            throw refused(word);
        }
    }

    /** Of staff, who type the person as in the address of the call. */
    public void requireOfStaff(Caller caller, String subject, @Nullable String typed) {
        if (isNeeded(caller) && !subject.equals(stripped(typed))) {
            throw refused("the person as in the address of the call");
        }
    }

    private boolean isNeeded(Caller caller) {
        return caller.signedInAt() == null && rule.asksForTyping();
    }

    private static @Nullable String stripped(@Nullable String typed) {
        return typed == null ? null : typed.strip();
    }

    private static RuntimeException refused(String what) {
        return HttpProblem.of(
                        ProblemType.UNCONFIRMED,
                        "Your sign-in does not tell when it was. To confirm, type " + what + ". Nothing was changed.")
                .thrown();
    }
}
