package dev.exeunt.spring.signin;

import dev.exeunt.request.AccountRequests;
import dev.exeunt.spring.signin.BrowserSessions.BrowserSession;
import dev.exeunt.spring.token.NotSignedInException;
import dev.exeunt.support.security.CanonicalBase64;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Opens a session for a person who has proven who they are, once for each proof. Never replaces another person's session unasked. */
public final class SessionOpener {

    private final AccountRequests requests;
    private final CallerResolver tokens;
    private final BrowserSessions sessions;

    public SessionOpener(AccountRequests requests, CallerResolver tokens, BrowserSessions sessions) {
        this.requests = requests;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /**
     * Holds what a session is opened by.
     *
     * @param what the proof is, in words: {@code link}
     * @param id of the proof alone, 32 bytes
     * @param issued when the proof was made: it is void if the person was erased later
     * @param until when the proof is over
     */
    record SignInProof(String what, byte[] id, Caller caller, Instant issued, Instant until) {

        /** Told from every session that is ended: their ids begin otherwise. */
        String usedId() {
            return what + " " + CanonicalBase64.encode(id);
        }

        @Override
        public String toString() {
            return "SignInProof[hidden]";
        }
    }

    /**
     * Returns the cookie of a new session, which ends the open one. If the proof was used before and a session of the same person is
     * open, that session goes on: a browser may send the same proof twice.
     *
     * @param cookie the cookie of the open session; null where there is none
     * @param replace whether the person has agreed that the session of another person ends
     * @throws NotSignedInException where the proof was used before
     * @throws SignedInAsAnotherException where the proof is for another person than the session, and the person has not agreed
     */
    String open(SignInProof proof, @Nullable String cookie, boolean replace) {
        BrowserSession open = cookie == null ? null : current(cookie);
        boolean another = open != null && !open.key().equals(proof.caller().key());
        if (another && !replace && !requests.isUsed(proof.usedId())) {
            throw new SignedInAsAnotherException();
        }
        if (requests.markUsed(proof.usedId(), proof.until())) {
            if (open != null) {
                sessions.end(open);
            }
            return sessions.begin(proof.id(), proof.caller(), proof.issued());
        }
        if (cookie == null || open == null || another) {
            throw NotSignedInException.other("a " + proof.what(), "it was used before");
        }
        return cookie;
    }

    /** Returns the open session of a cookie; null where the cookie is not valid, so that the person need not be asked about it. */
    private @Nullable BrowserSession current(String cookie) {
        try {
            BrowserSession session = sessions.read(cookie);
            tokens.person(session);
            return session;
        } catch (NotSignedInException e) {
            return null;
        }
    }
}
