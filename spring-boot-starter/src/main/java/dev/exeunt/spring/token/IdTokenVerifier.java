package dev.exeunt.spring.token;

import dev.exeunt.spring.provider.PublishedKeys;
import dev.exeunt.spring.token.TokenReader.VerifiedToken;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/**
 * Verifies ID tokens as OpenID Connect Core 1.0, section 3.1.3.7, asks for: signature, issuer, audience, authorized party, times and
 * nonce. Only asymmetric signatures are good, so that a client secret never passes for a key.
 */
public final class IdTokenVerifier {

    private final TokenReader reader;
    private final String clientId;

    /** @param clientId the only audience that the tokens may be for */
    public IdTokenVerifier(PublishedKeys keys, String issuer, String clientId, Clock clock) {
        TokenClaimRules rules =
                new TokenClaimRules(issuer, "exeunt.sign-in.issuer", List.of(clientId), "exeunt.sign-in.client-id");
        this.reader = new TokenReader(TokenDecoder.published(keys, rules, clock), TokenKind.ID, clock);
        this.clientId = clientId;
    }

    /**
     * @param nonce that was sent with the request of this sign-in
     * @throws NotSignedInException where the token is not good, or is of another sign-in or client
     */
    public VerifiedToken read(String text, String nonce) {
        VerifiedToken token = reader.read(text);
        if (!nonce.equals(token.claims().get("nonce"))) {
            throw NotSignedInException.token("its nonce is not that of this sign-in");
        }
        Object party = token.claims().get("azp");
        boolean several = token.claims().get("aud") instanceof Collection<?> audiences && audiences.size() > 1;
        if (party == null ? several : !clientId.equals(party)) {
            throw NotSignedInException.token("its azp is not what exeunt.sign-in.client-id says");
        }
        return token;
    }
}
