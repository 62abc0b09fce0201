package dev.exeunt.spring.signin;

import dev.exeunt.spring.signin.SessionOpener.SignInProof;
import dev.exeunt.spring.token.CompactToken;
import dev.exeunt.spring.token.NotSignedInException;
import dev.exeunt.spring.token.OneTimeLinkVerifier;
import dev.exeunt.spring.token.TokenReader.VerifiedToken;
import dev.exeunt.support.message.OpenedLink;
import dev.exeunt.support.security.Sha256;
import org.jspecify.annotations.Nullable;

/** Signs people in by a short-lived link: one that the application has signed, or one that was sent to their address on record. */
public final class HandOffSignIn {

    private final HandOffTokenVerifier links;
    private final OneTimeLinkVerifier oneTimeLinks;
    private final CallerResolver tokens;
    private final SessionOpener opener;

    public HandOffSignIn(
            HandOffTokenVerifier links, OneTimeLinkVerifier oneTimeLinks, CallerResolver tokens, SessionOpener opener) {
        this.links = links;
        this.oneTimeLinks = oneTimeLinks;
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
            SignInProof proof =
                    OneTimeLinkVerifier.mayBe(entry.token()) ? sentLink(entry.token()) : link(entry.token());
            return opener.open(proof, entry.cookie(), entry.replace());
        } catch (NotSignedInException e) {
            throw e.logged();
        }
    }

    private SignInProof link(String text) {
        VerifiedToken token = links.read(text);
        return new SignInProof(
                "link", CompactToken.signingInputHash(text), tokens.handedOver(token), token.issued(), token.until());
    }

    private SignInProof sentLink(String text) {
        OpenedLink link = oneTimeLinks.read(text);
        return new SignInProof(
                "one-time link",
                Sha256.digest(text),
                tokens.sentLink(link, oneTimeLinks.signedInAt()),
                link.madeAt(),
                link.until());
    }
}
