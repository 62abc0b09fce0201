package dev.exeunt.spring.signin;

import dev.exeunt.spring.provider.IdentityProvider;
import dev.exeunt.spring.settings.RecentSignIn;
import dev.exeunt.spring.token.NotSignedInException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Refuses calls of those who signed in too long ago for them. */
public final class SignInRecency {

    private final IdentityProvider provider;
    private final RecentSignIn rule;
    private final Clock clock;

    public SignInRecency(IdentityProvider provider, RecentSignIn rule, Clock clock) {
        this.provider = provider;
        this.rule = rule;
        this.clock = clock;
    }

    /**
     * What a token does not tell is made up for by typing, where the rule says so: the call itself asks for that.
     *
     * @param byToken whether the caller is known by a token, and not by a session of ours
     * @throws NotSignedInException where the sign-in is too long ago, or has to be told and is not
     */
    void require(Caller caller, CallAccess.SignInAge recent, boolean byToken) {
        Duration within = within(recent);
        if (within == null) {
            return;
        }
        Instant at = caller.signedInAt();
        if (byToken) {
            provider.signInTime(at != null);
        }
        if (at == null ? rule.required() : at.isBefore(clock.instant().minus(within))) {
            throw NotSignedInException.old(within, at != null);
        }
    }

    private @Nullable Duration within(CallAccess.SignInAge recent) {
        return switch (recent) {
            case NO -> null;
            case FLOW -> rule.flows();
            case DOWNLOAD -> rule.downloads();
        };
    }
}
