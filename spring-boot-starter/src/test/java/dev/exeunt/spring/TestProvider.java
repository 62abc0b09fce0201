package dev.exeunt.spring;

import java.time.Instant;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/** Makes an identity provider whose clock stands, as the clock of the tested application does. */
final class TestProvider {

    private TestProvider() {}

    /** @param now the time of all its tokens; on a slow machine, tokens of a running clock lie in the application's future */
    static MockOAuth2Server at(Instant now) {
        return new MockOAuth2Server(
                new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(new KeyProvider(), now)));
    }
}
