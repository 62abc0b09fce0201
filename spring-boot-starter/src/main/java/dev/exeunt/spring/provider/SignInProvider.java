package dev.exeunt.spring.provider;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.exeunt.spring.provider.ProviderHttp.FormResponse;
import dev.exeunt.spring.provider.SignInFailedException.SignInFailureKind;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.ExeuntSettings.SignInSettings;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider that people sign in at from the page, by the authorization code flow (OpenID Connect Core 1.0, section 3.1) with PKCE
 * (RFC 7636). Its addresses are read from its metadata, at most once in two seconds while that fails.
 */
public final class SignInProvider {

    private static final Logger LOG = LoggerFactory.getLogger(SignInProvider.class);

    private static final long FRESH = Duration.ofMinutes(5).toNanos();
    private static final long PAUSE = Duration.ofSeconds(2).toNanos();

    /** RFC 6749, sections 4.1.2.1 and 5.2; OpenID Connect Core 1.0, section 3.1.2.6. Other words are never logged. */
    private static final Set<String> ERRORS = Set.of(
            "invalid_request",
            "unauthorized_client",
            "access_denied",
            "unsupported_response_type",
            "invalid_scope",
            "server_error",
            "temporarily_unavailable",
            "interaction_required",
            "login_required",
            "account_selection_required",
            "consent_required",
            "invalid_client",
            "invalid_grant",
            "unsupported_grant_type");

    private final SignInSettings settings;
    private final TokenEndpointRequest request;
    private final ProviderHttp http = new ProviderHttp();
    private final IssuerMetadata metadata;
    private final PublishedKeys keys;
    private @Nullable SignInEndpoints endpoints;
    private @Nullable String fault;
    private long readAt;
    private long triedAt;

    /**
     * @param insecure whether its addresses may be plain HTTP on other machines
     * @param known the keys where they are read already; null where this provider's metadata tell them
     */
    SignInProvider(SignInSettings settings, boolean insecure, @Nullable PublishedKeys known) {
        this.settings = settings;
        this.request = new TokenEndpointRequest(settings);
        this.metadata = new IssuerMetadata(settings.issuer(), "exeunt.sign-in.issuer", insecure, http);
        this.keys = known == null ? PublishedKeys.of(metadata, http, SignInProvider::toldKeys) : known;
    }

    /** @param tokens the provider of the tokens, whose keys are used where both have the same issuer */
    public static SignInProvider of(SignInSettings settings, ExeuntSettings.JwtSettings jwt, IdentityProvider tokens) {
        boolean same = settings.issuer().toString().equals(jwt.issuer());
        return new SignInProvider(settings, jwt.insecureIssuer(), same ? tokens.keys() : null);
    }

    private static void toldKeys(@Nullable String fault) {
        if (fault != null) {
            LOG.warn("People cannot sign in on the page. The provider's keys cannot be read: {}", fault);
        }
    }

    public PublishedKeys keys() {
        return keys;
    }

    /** Reads the metadata, so that a wrong or absent provider is in the log at the start. */
    public synchronized void check() {
        refresh();
    }

    private synchronized SignInEndpoints endpoints() {
        long now = System.nanoTime();
        boolean stale = endpoints == null || now - readAt > FRESH;
        if (stale && (fault == null || now - triedAt > PAUSE)) {
            refresh();
        }
        SignInEndpoints known = endpoints;
        if (known == null) {
            throw new SignInFailedException(SignInFailureKind.AWAY, Objects.requireNonNull(fault));
        }
        return known;
    }

    /** While the provider is away, the addresses that were read before stay. */
    private void refresh() {
        String before = fault;
        try {
            endpoints = metadata.endpoints();
            readAt = System.nanoTime();
            fault = null;
        } catch (ProviderException e) {
            fault = e.sentence();
        }
        triedAt = System.nanoTime();
        if (fault != null && !fault.equals(before)) {
            LOG.warn("People cannot sign in on the page: {}", fault);
        } else if (fault == null && before != null) {
            LOG.info("People can sign in on the page again.");
        }
    }

    /**
     * Returns the address that the browser is sent to.
     *
     * @throws SignInFailedException where the provider does not say where people sign in
     */
    public URI authorization(AuthorizationRequest asked) {
        return asked.at(endpoints().authorization(), settings);
    }

    /**
     * Checks that an answer is of this provider and no other (RFC 9207, section 2.4): its {@code iss} is the issuer. It may be missing
     * where the provider does not announce it.
     *
     * @throws SignInFailedException where another provider may have answered
     */
    public void requireIssuer(@Nullable String iss) {
        if (iss == null
                ? endpoints().namesIssuer()
                : !iss.equals(settings.issuer().toString())) {
            throw new SignInFailedException(
                    SignInFailureKind.FAILED,
                    iss == null
                            ? "the provider announces iss (RFC 9207), and its answer has none."
                            : "the answer has the iss of another provider (RFC 9207).");
        }
    }

    /** Translates an error of the authorization endpoint (RFC 6749, section 4.1.2.1). */
    public static SignInFailedException refused(String error) {
        return switch (error) {
            case "access_denied", "login_required", "interaction_required", "account_selection_required" ->
                new SignInFailedException(SignInFailureKind.DENIED, "the provider answers " + error + ".");
            case "server_error", "temporarily_unavailable" ->
                new SignInFailedException(SignInFailureKind.AWAY, "the provider answers " + error + ".");
            default ->
                new SignInFailedException(SignInFailureKind.FAILED, "the provider answers " + shown(error) + ".");
        };
    }

    /**
     * Exchanges a code for an ID token (OpenID Connect Core 1.0, section 3.1.3). The token is not verified yet.
     *
     * @param verifier whose hash was sent with the request (RFC 7636, section 4.5)
     * @throws SignInFailedException where the code is not good, or the provider does not answer
     */
    public String idToken(String code, String verifier) {
        SignInEndpoints known = endpoints();
        FormResponse response;
        try {
            response = http.post(
                    known.token(),
                    request.form(code, verifier, known.secretInBodyOnly()),
                    request.authorization(known.secretInBodyOnly()));
        } catch (ProviderException e) {
            throw new SignInFailedException(SignInFailureKind.AWAY, e.sentence());
        }
        Map<String, Object> body = json(response);
        if (response.status() == 200 && body.get("id_token") instanceof String token) {
            return token;
        }
        throw failure(known.token(), response.status(), body.get("error"));
    }

    private static SignInFailedException failure(URI endpoint, int status, @Nullable Object error) {
        String sentence = endpoint + " answers " + status;
        if (status == 200) {
            return new SignInFailedException(
                    SignInFailureKind.FAILED,
                    sentence + " without id_token: is the scope openid allowed for this client?");
        }
        if (status >= 500 || status == 429) {
            return new SignInFailedException(SignInFailureKind.AWAY, sentence + ".");
        }
        return new SignInFailedException(
                "invalid_grant".equals(error) ? SignInFailureKind.OVER : SignInFailureKind.FAILED,
                sentence + " with " + shown(error) + ".");
    }

    private static String shown(@Nullable Object error) {
        return error instanceof String word && ERRORS.contains(word) ? word : "an error without a known name";
    }

    private static Map<String, Object> json(FormResponse response) {
        try {
            return JSONObjectUtils.parse(response.body());
        } catch (ParseException e) {
            return Map.of(); // the status tells what happened
        }
    }
}
