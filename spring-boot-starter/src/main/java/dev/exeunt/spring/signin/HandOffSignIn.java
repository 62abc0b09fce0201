package dev.exeunt.spring.signin;

import dev.exeunt.request.AccountRequests;
import dev.exeunt.spring.signin.BrowserSessions.BrowserSession;
import dev.exeunt.spring.token.CompactToken;
import dev.exeunt.spring.token.NotSignedInException;
import dev.exeunt.spring.token.TokenReader.VerifiedToken;
import dev.exeunt.support.security.CanonicalBase64;
import org.jspecify.annotations.Nullable;

/** Signs people in by a short-lived link that the application has signed. */
public final class HandOffSignIn {

    private final HandOffTokenVerifier links;
    private final AccountRequests requests;
    private final CallerResolver tokens;
    private final BrowserSessions sessions;

    public HandOffSignIn(
            HandOffTokenVerifier links, AccountRequests requests, CallerResolver tokens, BrowserSessions sessions) {
        this.links = links;
        this.requests = requests;
        this.tokens = tokens;
        this.sessions = sessions;
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
            return entered(entry);
        } catch (NotSignedInException e) {
            throw e.logged();
        }
    }

    private String entered(SignInAttempt entry) {
        VerifiedToken token = links.read(entry.token());
        Caller caller = tokens.handedOver(token);
        byte[] hash = CompactToken.signingInputHash(entry.token());
        String id = "link " + CanonicalBase64.encode(hash);
        String cookie = entry.cookie();
        BrowserSession open = cookie == null ? null : open(cookie);
        boolean another = open != null && !open.key().equals(caller.key());
        if (another && !entry.replace() && !requests.isUsed(id)) {
            throw new SignedInAsAnotherException();
        }
        if (requests.markUsed(id, token.until())) {
            if (open != null) {
                sessions.end(open);
            }
            return sessions.begin(hash, caller, token.issued());
        }
        if (cookie == null || open == null || another) {
            throw HandOffTokenVerifier.refused("it was used before");
        }
        return cookie;
    }

    /** Returns the open session of a cookie; null where the cookie is not valid, so that the person need not be asked about it. */
    private @Nullable BrowserSession open(String cookie) {
        try {
            BrowserSession session = sessions.read(cookie);
            tokens.person(session);
            return session;
        } catch (NotSignedInException e) {
            return null;
        }
    }
}
