package dev.exeunt.spring.signin;

import dev.exeunt.spring.signin.SessionOpener.SignInProof;
import dev.exeunt.spring.token.CompactToken;
import dev.exeunt.spring.token.NotSignedInException;
import dev.exeunt.spring.token.TokenReader.VerifiedToken;
import org.jspecify.annotations.Nullable;

/** Signs people in by a short-lived link that the application has signed. */
public final class HandOffSignIn {

    private final HandOffTokenVerifier links;
    private final CallerResolver tokens;
    private final SessionOpener opener;

    public HandOffSignIn(HandOffTokenVerifier links, CallerResolver tokens, SessionOpener opener) {
        this.links = links;
        this.tokens = tokens;
        this.opener = opener;
    }

    /**
     * Holds what a browser sends to sign in by a link.
     *
     * @param token the token of the link
     * @param cookie the cookie of the open session; null where there is none
     * @param replace whether the person has agreed that the session of another person ends
     */
    public record SignInAttempt(String token, @Nullable String cookie, boolean replace) {
        @Override
        public String toString() {
            return "SignInAttempt[hidden]";
        }
    }

    /**
     * Returns the cookie of a new session, which ends the open one. If the link was used before and a session of the same person is
     * open, that session goes on: a browser may follow the same link twice.
     *
     * @throws NotSignedInException where the token is not valid, is valid for too long, was used before, or its person is erased
     * @throws SignedInAsAnotherException where the link is for another person than the session, and the person has not agreed
     */
    public String enter(SignInAttempt entry) {
        try {
            VerifiedToken token = links.read(entry.token());
            SignInProof proof = new SignInProof(
                    "link",
                    CompactToken.signingInputHash(entry.token()),
                    tokens.handedOver(token),
                    token.issued(),
                    token.until());
            return opener.open(proof, entry.cookie(), entry.replace());
        } catch (NotSignedInException e) {
            throw e.logged();
        }
    }
}
