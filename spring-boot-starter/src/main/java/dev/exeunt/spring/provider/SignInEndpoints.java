package dev.exeunt.spring.provider;

import java.net.URI;

/**
 * What a provider says of itself to those who sign people in (OpenID Connect Discovery 1.0, RFC 8414).
 *
 * @param authorization where people sign in
 * @param token where a code is exchanged for tokens
 * @param namesIssuer whether each answer of the authorization endpoint has {@code iss} (RFC 9207)
 * @param secretInBodyOnly whether the client's secret has to be in the body, and not in a header (RFC 6749, section 2.3.1)
 */
record SignInEndpoints(URI authorization, URI token, boolean namesIssuer, boolean secretInBodyOnly) {}
