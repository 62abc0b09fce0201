package dev.exeunt.spring;

import dev.exeunt.HashKey;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.spring.provider.IdentityProvider;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.signin.BrowserSessions;
import dev.exeunt.spring.signin.CallAuthorizer;
import dev.exeunt.spring.signin.CallerResolver;
import dev.exeunt.spring.signin.CookieSessions;
import dev.exeunt.spring.signin.HandOffSignIn;
import dev.exeunt.spring.signin.HandOffTokenVerifier;
import dev.exeunt.spring.signin.ProvenSignIns;
import dev.exeunt.spring.signin.ProviderSignIn;
import dev.exeunt.spring.signin.PublicScheme;
import dev.exeunt.spring.signin.SessionCookie;
import dev.exeunt.spring.signin.SessionOpener;
import dev.exeunt.spring.signin.SignInCookies;
import dev.exeunt.spring.signin.SignInFlows;
import dev.exeunt.spring.signin.SignInRecency;
import dev.exeunt.spring.token.OneTimeLinkVerifier;
import dev.exeunt.spring.token.SignInClient;
import dev.exeunt.spring.token.TokenDecoder;
import dev.exeunt.spring.token.TokenReader;
import dev.exeunt.spring.web.DebugLogSetup;
import dev.exeunt.spring.web.WebConfiguration;
import dev.exeunt.spring.web.problem.TomcatConfiguration;
import dev.exeunt.support.message.OneTimeLinks;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Configures the calls over HTTP. Runs after Boot's own security, which protects the application's other paths only if there is no
 * filter chain before it.
 */
@AutoConfiguration(
        after = ExeuntAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration"
        })
@ConditionalOnProperty("exeunt.map")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import({WebConfiguration.class, TomcatConfiguration.class, DebugLogSetup.class})
public class ExeuntWebAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    IdentityProvider exeuntIdentityProvider(ExeuntSettings settings) {
        return new IdentityProvider(settings);
    }

    /** Verifies tokens by the settings, or by the application's own decoder where the settings name no key. */
    @Bean
    @ConditionalOnMissingBean({TokenReader.class, CallerResolver.class})
    TokenReader exeuntTokenReader(
            ExeuntSettings settings,
            ObjectProvider<JwtDecoder> own,
            IdentityProvider provider,
            @Qualifier("exeuntClock") Clock clock) {
        JwtDecoder decoder =
                settings.jwt().given() ? TokenDecoder.of(settings.jwt(), provider, clock) : own.getObject();
        return new TokenReader(decoder, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    CallerResolver exeuntTokens(TokenReader reader, AccountRequests requests, ExeuntSettings settings, DataMap map) {
        return new CallerResolver(reader, requests, settings, map);
    }

    @Bean
    @ConditionalOnMissingBean
    BrowserSessions exeuntSessions(HashKey key, AccountRequests requests, @Qualifier("exeuntClock") Clock clock) {
        return new BrowserSessions(key, requests, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    HandOffTokenVerifier exeuntHandOffTokens(ExeuntSettings settings, @Qualifier("exeuntClock") Clock clock) {
        return new HandOffTokenVerifier(settings, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    OneTimeLinkVerifier exeuntOneTimeLinkVerifier(
            ObjectProvider<OneTimeLinks> links, ExeuntSettings settings, @Qualifier("exeuntClock") Clock clock) {
        return new OneTimeLinkVerifier(links.getIfAvailable(), settings, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    SessionOpener exeuntSessionOpener(AccountRequests requests, CallerResolver tokens, BrowserSessions sessions) {
        return new SessionOpener(requests, tokens, sessions);
    }

    @Bean
    @ConditionalOnMissingBean
    HandOffSignIn exeuntHandOff(
            HandOffTokenVerifier links, OneTimeLinkVerifier oneTimeLinks, CallerResolver tokens, SessionOpener opener) {
        return new HandOffSignIn(links, oneTimeLinks, tokens, opener);
    }

    @Bean
    @ConditionalOnMissingBean
    ProvenSignIns exeuntProvenSignIns(
            HashKey key, CallerResolver tokens, SessionOpener opener, @Qualifier("exeuntClock") Clock clock) {
        return new ProvenSignIns(key, tokens, opener, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    SignInFlows exeuntSignInFlows(HashKey key, AccountRequests requests, @Qualifier("exeuntClock") Clock clock) {
        return new SignInFlows(key, requests, clock, new SecureRandom());
    }

    /** Does nothing unless {@code exeunt.sign-in.client-id} is set. */
    @Bean
    @ConditionalOnMissingBean
    ProviderSignIn exeuntProviderSignIn(
            ExeuntSettings settings,
            IdentityProvider identity,
            SignInFlows flows,
            CallerResolver tokens,
            ProvenSignIns proven,
            @Qualifier("exeuntClock") Clock clock) {
        return new ProviderSignIn(SignInClient.of(settings, identity, clock), flows, tokens, proven);
    }

    @Bean
    @ConditionalOnMissingBean
    SignInCookies exeuntSignInCookies(ExeuntSettings settings, PublicScheme scheme) {
        return new SignInCookies(scheme, settings);
    }

    @Bean
    @ConditionalOnMissingBean
    SignInRecency exeuntSignInRecency(
            IdentityProvider provider, ExeuntSettings settings, @Qualifier("exeuntClock") Clock clock) {
        return new SignInRecency(provider, settings.recentSignIn(), clock);
    }

    @Bean
    @ConditionalOnMissingBean
    CookieSessions exeuntCookieSessions(BrowserSessions sessions, SessionCookie cookie) {
        return new CookieSessions(sessions, cookie);
    }

    @Bean
    @ConditionalOnMissingBean
    CallAuthorizer exeuntCallAuthorizer(
            CallerResolver tokens, CookieSessions sessions, SignInRecency recency, ExeuntSettings settings) {
        return new CallAuthorizer(tokens, sessions, recency, settings);
    }

    @Bean
    @ConditionalOnMissingBean
    PublicScheme exeuntPublicScheme(ExeuntSettings settings) {
        return new PublicScheme(settings.page().scheme());
    }

    @Bean
    @ConditionalOnMissingBean
    SessionCookie exeuntSessionCookie(ExeuntSettings settings, PublicScheme scheme) {
        return new SessionCookie(scheme, settings.page().wholeHost() ? null : settings.path());
    }
}
