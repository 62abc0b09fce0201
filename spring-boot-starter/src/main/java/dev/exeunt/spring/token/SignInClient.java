package dev.exeunt.spring.token;

import dev.exeunt.spring.provider.AuthorizationRequest;
import dev.exeunt.spring.provider.IdentityProvider;
import dev.exeunt.spring.provider.KeysUnavailableException;
import dev.exeunt.spring.provider.SignInFailedException;
import dev.exeunt.spring.provider.SignInFailedException.SignInFailureKind;
import dev.exeunt.spring.provider.SignInProvider;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.ExeuntSettings.SignInSettings;
import dev.exeunt.spring.token.TokenReader.VerifiedToken;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Signs people in at the provider: sends them there, and turns the code that they come back with into a verified ID token. */
public final class SignInClient {

    private final SignInProvider provider;
    private final IdTokenVerifier tokens;
    private final @Nullable Duration longestAgo;
    private final Clock clock;

    private SignInClient(SignInProvider provider, IdTokenVerifier tokens, @Nullable Duration longestAgo, Clock clock) {
        this.provider = provider;
        this.tokens = tokens;
        this.longestAgo = longestAgo;
        this.clock = clock;
    }

    /**
     * Reads the provider's metadata once, so that a fault is in the log at the start. The provider may be away.
     *
     * @return null where the settings name no client
     */
    public static @Nullable SignInClient of(ExeuntSettings settings, IdentityProvider identity, Clock clock) {
        SignInSettings signIn = settings.signIn();
        if (signIn == null) {
            return null;
        }
        SignInProvider provider = SignInProvider.of(signIn, settings.jwt(), identity);
        provider.check();
        IdTokenVerifier tokens =
                new IdTokenVerifier(provider.keys(), signIn.issuer().toString(), signIn.clientId(), clock);
        return new SignInClient(provider, tokens, settings.recentSignIn().flows(), clock);
    }

    /** How long ago a sign-in may be that was asked for again; null where the settings ask for none ({@code exeunt.recent-sign-in}). */
    public @Nullable Duration longestAgo() {
        return longestAgo;
    }

    /** @throws SignInFailedException where the provider does not say where people sign in */
    public URI authorization(AuthorizationRequest request) {
        return provider.authorization(request);
    }

    /**
     * Checks that an answer is of this provider and no other (RFC 9207).
     *
     * @param iss null where the answer has none
     * @throws SignInFailedException where another provider may have answered
     */
    public void requireIssuer(@Nullable String iss) {
        provider.requireIssuer(iss);
    }

    /**
     * Exchanges a code for a verified ID token.
     *
     * @param verifier of PKCE
     * @throws SignInFailedException where the code is not good, the token is not, or the provider does not answer
     */
    public VerifiedToken exchange(String code, String verifier, String nonce) {
        String text = provider.idToken(code, verifier);
        try {
            return tokens.read(text, nonce);
        } catch (NotSignedInException e) {
            e.logged();
            throw new SignInFailedException(SignInFailureKind.FAILED, "the ID token is refused.");
        } catch (KeysUnavailableException e) {
            throw new SignInFailedException(SignInFailureKind.AWAY, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Requires that the person has shown again who they are (OpenID Connect Core 1.0, section 3.1.3.7, rule 13).
     *
     * @param again how long ago that may be; null where any sign-in is good
     * @throws SignInFailedException where the token says otherwise, or does not tell
     */
    public void requireRecent(VerifiedToken token, @Nullable Duration again) {
        if (again == null) {
            return;
        }
        Instant at = token.signedInAt();
        if (at == null) {
            throw new SignInFailedException(
                    SignInFailureKind.FAILED,
                    "the ID token has no auth_time, which max_age asks for. Let the provider put it into ID tokens of this"
                            + " client, or set exeunt.recent-sign-in to auto.");
        }
        if (at.isBefore(clock.instant().minus(again).minus(TokenDecoder.LEEWAY))) {
            throw new SignInFailedException(
                    SignInFailureKind.FAILED,
                    "the provider did not ask the person to sign in again (max_age, prompt).");
        }
    }
}
