package dev.exeunt.spring;

import dev.exeunt.ledger.HashKey;
import dev.exeunt.lifecycle.Departures;
import dev.exeunt.map.DataMap;
import dev.exeunt.spring.settings.Settings;
import dev.exeunt.spring.signin.Doorkeeper;
import dev.exeunt.spring.signin.HandOff;
import dev.exeunt.spring.signin.IdentityProvider;
import dev.exeunt.spring.signin.PublicScheme;
import dev.exeunt.spring.signin.SessionCookie;
import dev.exeunt.spring.signin.Sessions;
import dev.exeunt.spring.signin.SignInRecency;
import dev.exeunt.spring.signin.TokenDecoder;
import dev.exeunt.spring.signin.TokenReader;
import dev.exeunt.spring.signin.Tokens;
import dev.exeunt.spring.web.DebugLogSetup;
import dev.exeunt.spring.web.TomcatSetup;
import dev.exeunt.spring.web.WebSetup;
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
 * The calls over HTTP. After Boot's own security, which keeps the application's other paths shut only where nobody has set up a
 * filter chain before.
 */
@AutoConfiguration(
        after = ExeuntAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration"
        })
@ConditionalOnProperty("exeunt.map")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import({WebSetup.class, TomcatSetup.class, DebugLogSetup.class})
public class ExeuntWebAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    IdentityProvider exeuntIdentityProvider(Settings settings) {
        return new IdentityProvider(settings);
    }

    /** By the settings, else by what the application itself takes for good. */
    @Bean
    @ConditionalOnMissingBean
    Tokens exeuntTokens(
            Settings settings,
            ObjectProvider<JwtDecoder> own,
            IdentityProvider provider,
            Departures departures,
            DataMap map,
            @Qualifier("exeuntClock") Clock clock) {
        JwtDecoder decoder =
                settings.jwt().given() ? TokenDecoder.of(settings.jwt(), provider, clock) : own.getObject();
        return new Tokens(new TokenReader(decoder, clock), departures, settings, map);
    }

    @Bean
    @ConditionalOnMissingBean
    Sessions exeuntSessions(HashKey key, Departures departures, @Qualifier("exeuntClock") Clock clock) {
        return new Sessions(key, departures, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    HandOff exeuntHandOff(
            Settings settings,
            Departures departures,
            Tokens tokens,
            Sessions sessions,
            @Qualifier("exeuntClock") Clock clock) {
        return new HandOff(settings, departures, tokens, sessions, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    SignInRecency exeuntSignInRecency(
            IdentityProvider provider, Settings settings, @Qualifier("exeuntClock") Clock clock) {
        return new SignInRecency(provider, settings.recentSignIn(), clock);
    }

    @Bean
    @ConditionalOnMissingBean
    Doorkeeper exeuntDoorkeeper(
            Tokens tokens, Sessions sessions, SessionCookie cookie, SignInRecency recency, Settings settings) {
        return new Doorkeeper(tokens, sessions, cookie, recency, settings);
    }

    @Bean
    @ConditionalOnMissingBean
    PublicScheme exeuntPublicScheme(Settings settings) {
        return new PublicScheme(settings.page().scheme());
    }

    @Bean
    @ConditionalOnMissingBean
    SessionCookie exeuntSessionCookie(Settings settings, PublicScheme scheme) {
        return new SessionCookie(scheme, settings.page().wholeHost() ? null : settings.path());
    }
}
