package dev.exeunt.spring.signin;

import dev.exeunt.HashKey;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.spring.provider.SignInFailedException;
import dev.exeunt.spring.provider.SignInFailedException.SignInFailureKind;
import dev.exeunt.spring.token.CookieSeal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Begins sign-ins at the provider, and takes each up once, in the browser that it was begun in. */
public final class SignInFlows {

    /** How long a person may take at the provider. */
    static final Duration LENGTH = Duration.ofMinutes(10);

    private final CookieSeal seal;
    private final AccountRequests requests;
    private final Clock clock;
    private final SecureRandom random;

    public SignInFlows(HashKey key, AccountRequests requests, Clock clock, SecureRandom random) {
        this.seal = new CookieSeal(key, "sign-ins begun", clock);
        this.requests = requests;
        this.clock = clock;
        this.random = random;
    }

    /** @param again how long ago the sign-in may be; null where any sign-in is good */
    SignInFlow begin(@Nullable Duration again) {
        return SignInFlow.random(random, again, clock.instant().plus(LENGTH));
    }

    String sealed(SignInFlow flow) {
        return seal.seal(flow.claims());
    }

    /**
     * Takes a sign-in up, once at all instances (RFC 6749, section 10.12).
     *
     * @param sealed what the browser has kept; null where it has kept nothing
     * @throws SignInFailedException where this browser has begun no such sign-in, or it is over or was taken up before
     */
    SignInFlow take(String state, @Nullable String sealed) {
        SignInFlow flow =
                sealed == null ? null : seal.open(sealed).map(SignInFlow::of).orElse(null);
        if (flow == null || !flow.state().equals(state)) {
            throw over("it has expired, or was begun in another browser.");
        }
        if (!requests.markUsed("state " + flow.state(), flow.until())) {
            throw over("its state was used before.");
        }
        return flow;
    }

    private static SignInFailedException over(String why) {
        return new SignInFailedException(SignInFailureKind.OVER, why);
    }
}
