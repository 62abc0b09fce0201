package dev.exeunt.spring.signin;

import dev.exeunt.spring.provider.SignInFailedException;
import dev.exeunt.spring.provider.SignInFailedException.SignInFailureKind;
import dev.exeunt.spring.provider.SignInProvider;
import dev.exeunt.spring.token.ClaimMissingException;
import dev.exeunt.spring.token.NotSignedInException;
import dev.exeunt.spring.token.SignInClient;
import dev.exeunt.spring.token.TokenReader.VerifiedToken;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in on the page at the provider: the authorization code flow of OpenID Connect Core 1.0, section 3.1, with PKCE (RFC
 * 7636), and as RFC 9700 advises: a state of one use that only the browser has which began, a nonce, and one address to come back to.
 */
public final class ProviderSignIn {

    private final @Nullable SignInClient client;
    private final SignInFlows flows;
    private final CallerResolver tokens;
    private final ProvenSignIns proven;

    /** @param client null where the page does not sign people in */
    public ProviderSignIn(
            @Nullable SignInClient client, SignInFlows flows, CallerResolver tokens, ProvenSignIns proven) {
        this.client = client;
        this.flows = flows;
        this.tokens = tokens;
        this.proven = proven;
    }

    /**
     * Holds a sign-in that was begun.
     *
     * @param address at the provider that the browser is sent to
     * @param sealed what the browser keeps until it comes back
     */
    public record BegunSignIn(URI address, String state, String sealed) {
        @Override
        public String toString() {
            return "BegunSignIn[hidden]";
        }
    }

    /**
     * Holds the parameters of the provider's answer (RFC 6749, sections 4.1.2 and 4.1.2.1; RFC 9207). A parameter is null where it is
     * missing or occurs twice.
     */
    public record AuthorizationResponse(
            @Nullable String state,
            @Nullable String code,
            @Nullable String error,
            @Nullable String iss) {
        @Override
        public String toString() {
            return "AuthorizationResponse[hidden]";
        }
    }

    /** Whether the page signs people in. */
    public boolean offered() {
        return client != null;
    }

    /**
     * Begins a sign-in.
     *
     * @param again whether the person has to show again who they are
     * @throws SignInFailedException where the provider does not answer
     */
    public BegunSignIn begin(boolean again) {
        SignInFlow flow = flows.begin(again ? client().longestAgo() : null);
        return new BegunSignIn(client().authorization(flow.request()), flow.state(), flows.sealed(flow));
    }

    /**
     * Returns a sealed proof of who has signed in, by which {@link ProvenSignIns#enter} opens a session.
     *
     * @param sealed what the browser has kept since {@link #begin}; null where it has kept nothing
     * @throws SignInFailedException where the answer does not sign the person in
     */
    public String prove(AuthorizationResponse response, @Nullable String sealed) {
        String state = response.state();
        SignInFlow flow = flows.take(state == null ? "" : state, sealed);
        client().requireIssuer(response.iss());
        if (response.error() != null) {
            throw SignInProvider.refused(response.error());
        }
        if (response.code() == null) {
            throw new SignInFailedException(SignInFailureKind.FAILED, "the answer has neither a code nor an error.");
        }
        VerifiedToken token = client().exchange(response.code(), flow.verifier(), flow.nonce());
        client().requireRecent(token, flow.again());
        return proven.sealed(flow.state(), caller(token), token.issued());
    }

    private Caller caller(VerifiedToken token) {
        try {
            return tokens.signedIn(token);
        } catch (ClaimMissingException e) {
            throw new SignInFailedException(SignInFailureKind.FAILED, "the ID token lacks a claim: " + e.getMessage());
        } catch (NotSignedInException e) {
            e.logged();
            throw new SignInFailedException(
                    SignInFailureKind.UNKNOWN, "the application has no account for the person.");
        }
    }

    private SignInClient client() {
        if (client == null) {
            throw new IllegalStateException("exeunt.sign-in.client-id is not set");
        }
        return client;
    }
}
