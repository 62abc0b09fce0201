package dev.exeunt.spring.web;

import dev.exeunt.delivery.Exports;
import dev.exeunt.lifecycle.Departures;
import dev.exeunt.map.DataMap;
import dev.exeunt.spring.settings.Settings;
import dev.exeunt.spring.signin.Doorkeeper;
import dev.exeunt.spring.signin.HandOff;
import dev.exeunt.spring.signin.PublicScheme;
import dev.exeunt.spring.signin.SessionCookie;
import dev.exeunt.spring.signin.Sessions;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the calls where the settings say, and nothing of the application's own in their way. */
@Configuration(proxyBeanMethods = false)
public class WebSetup {

    @Bean
    ExportCalls exeuntExportCalls(Exports exports, Settings settings, @Qualifier("exeuntClock") Clock clock) {
        return new ExportCalls(exports, settings, clock);
    }

    @Bean
    DownloadCalls exeuntDownloadCalls(Exports exports) {
        return new DownloadCalls(exports);
    }

    @Bean
    AccountCalls exeuntAccountCalls(Departures departures, DataMap map, Settings settings, PublicScheme scheme) {
        return new AccountCalls(departures, map, settings, scheme);
    }

    @Bean
    StaffCalls exeuntStaffCalls(
            Departures departures, Exports exports, Settings settings, @Qualifier("exeuntClock") Clock clock) {
        return new StaffCalls(departures, exports, settings, clock);
    }

    @Bean
    StaffExportCalls exeuntStaffExportCalls(Exports exports, Settings settings, @Qualifier("exeuntClock") Clock clock) {
        return new StaffExportCalls(exports, settings, clock);
    }

    @Bean
    GateCalls exeuntGateCalls(Departures departures) {
        return new GateCalls(departures);
    }

    @Bean
    SessionCalls exeuntSessionCalls(
            HandOff handOff, Sessions sessions, SessionCookie cookie, Doorkeeper keeper, Settings settings) {
        return new SessionCalls(handOff, sessions, cookie, keeper, settings);
    }

    @Bean
    ReceiptCalls exeuntReceiptCalls(Departures departures, Settings settings) {
        return new ReceiptCalls(departures, settings);
    }

    @Bean
    PageCalls exeuntPageCalls() {
        return new PageCalls();
    }

    @Bean
    DocumentCalls exeuntDocumentCalls(Settings settings) {
        return new DocumentCalls(settings);
    }

    @Bean
    Refusals exeuntRefusals(@Qualifier("exeuntClock") Clock clock, Settings settings) {
        return new Refusals(clock, settings.path());
    }

    @Bean
    FilterRegistrationBean<ProblemFilter> exeuntProblems(Refusals refusals, Settings settings) {
        FilterRegistrationBean<ProblemFilter> registration = new FilterRegistrationBean<>(new ProblemFilter(refusals));
        registration.addUrlPatterns(
                settings.path(), settings.path() + "/*", settings.gate().path() + "/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** The calls look after themselves; the application's own chain is for its own paths. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 50)
    SecurityFilterChain exeuntSecurity(HttpSecurity http, Settings settings) throws Exception {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        return http.securityMatcher(new OrRequestMatcher(
                        paths.matcher(settings.path() + "/**"),
                        paths.matcher(settings.gate().path() + "/**")))
                .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    @Bean
    WebMvcConfigurer exeuntMvc(Settings settings, Doorkeeper keeper, Departures departures, Refusals refusals) {
        return new WebMvcConfigurer() {
            @Override
            public void configurePathMatch(PathMatchConfigurer match) {
                match.addPathPrefix(settings.path(), WebSetup::isAccount);
                match.addPathPrefix(settings.gate().path(), GateCalls.class::isAssignableFrom);
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new DoorInterceptor(keeper)).order(Ordered.HIGHEST_PRECEDENCE);
                registry.addInterceptor(new StaffCallRecorder(departures)).order(Ordered.HIGHEST_PRECEDENCE + 1);
            }

            @Override
            public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
                resolvers.add(0, new ProblemResolver(refusals, settings));
            }
        };
    }

    private static boolean isAccount(Class<?> type) {
        return Calls.class.isAssignableFrom(type) && !GateCalls.class.isAssignableFrom(type);
    }
}
