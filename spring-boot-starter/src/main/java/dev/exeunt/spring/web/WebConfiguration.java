package dev.exeunt.spring.web;

import dev.exeunt.Exeunt;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.signin.CallAuthorizer;
import dev.exeunt.spring.signin.CookieSessions;
import dev.exeunt.spring.signin.HandOffSignIn;
import dev.exeunt.spring.signin.ProvenSignIns;
import dev.exeunt.spring.signin.ProviderSignIn;
import dev.exeunt.spring.signin.PublicScheme;
import dev.exeunt.spring.signin.SignInCookies;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.PersonStatus;
import dev.exeunt.spring.web.call.ProblemResolver;
import dev.exeunt.spring.web.page.HostedPageTexts;
import dev.exeunt.spring.web.page.LinkController;
import dev.exeunt.spring.web.page.PrivacyPageController;
import dev.exeunt.spring.web.page.ReceiptController;
import dev.exeunt.spring.web.page.ReceiptKeysController;
import dev.exeunt.spring.web.page.ReceiptSystems;
import dev.exeunt.spring.web.page.SessionController;
import dev.exeunt.spring.web.page.SessionResponse;
import dev.exeunt.spring.web.page.SignInController;
import dev.exeunt.spring.web.person.AccountController;
import dev.exeunt.spring.web.person.DownloadController;
import dev.exeunt.spring.web.person.ExportController;
import dev.exeunt.spring.web.person.GateController;
import dev.exeunt.spring.web.problem.ProblemFilter;
import dev.exeunt.spring.web.problem.ProblemTranslator;
import dev.exeunt.spring.web.staff.StaffCallRecorder;
import dev.exeunt.spring.web.staff.StaffController;
import dev.exeunt.spring.web.staff.StaffExportController;
import dev.exeunt.spring.web.staff.StaffHoldsController;
import dev.exeunt.spring.web.staff.StaffSystemsController;
import dev.exeunt.support.event.ExternalSystems;
import dev.exeunt.support.message.OneTimeLinks;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
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

/** Declares the controllers, filters and security chain of the calls. */
@Configuration(proxyBeanMethods = false)
public class WebConfiguration {

    @Bean
    PersonStatus exeuntPersonStatus(
            AccountRequests requests,
            ExportJobs exports,
            DataMap map,
            ExternalSystems systems,
            ExeuntSettings settings,
            @Qualifier("exeuntClock") Clock clock) {
        return new PersonStatus(requests, exports, map, systems, settings, clock);
    }

    @Bean
    SessionResponse exeuntSessionResponse(CookieSessions sessions, PersonStatus status) {
        return new SessionResponse(sessions, status);
    }

    @Bean
    ExportController exeuntExportCalls(
            ExportJobs exports, PersonStatus status, ExeuntSettings settings, @Qualifier("exeuntClock") Clock clock) {
        return new ExportController(exports, status, settings, clock);
    }

    @Bean
    DownloadController exeuntDownloadCalls(ExportJobs exports) {
        return new DownloadController(exports);
    }

    @Bean
    AccountController exeuntAccountCalls(
            AccountRequests requests,
            DataMap map,
            ExeuntSettings settings,
            PublicScheme scheme,
            ExternalSystems systems,
            PersonStatus status,
            @Qualifier("exeuntClock") Clock clock) {
        return new AccountController(requests, map, settings, scheme, systems, status, clock);
    }

    @Bean
    StaffController exeuntStaffCalls(
            AccountRequests requests,
            ExportJobs exports,
            ExternalSystems systems,
            ExeuntSettings settings,
            @Qualifier("exeuntClock") Clock clock) {
        return new StaffController(requests, exports, systems, settings, clock);
    }

    @Bean
    StaffExportController exeuntStaffExportCalls(
            ExportJobs exports, ExeuntSettings settings, @Qualifier("exeuntClock") Clock clock) {
        return new StaffExportController(exports, settings, clock);
    }

    @Bean
    StaffSystemsController exeuntStaffSystemCalls(ExternalSystems systems) {
        return new StaffSystemsController(systems);
    }

    @Bean
    StaffHoldsController exeuntStaffHoldCalls(LegalHolds holds) {
        return new StaffHoldsController(holds);
    }

    @Bean
    GateController exeuntGateCalls(AccountRequests requests) {
        return new GateController(requests);
    }

    @Bean
    SessionController exeuntSessionCalls(
            HandOffSignIn handOff,
            CookieSessions sessions,
            SessionResponse response,
            SignInCookies signIns,
            CallAuthorizer authorizer,
            ExeuntSettings settings) {
        return new SessionController(handOff, sessions, response, signIns, authorizer, settings);
    }

    @Bean
    LinkController exeuntLinkCalls(ObjectProvider<OneTimeLinks> links, @Qualifier("exeuntClock") Clock clock) {
        return new LinkController(links.getIfAvailable(), clock);
    }

    @Bean
    HostedPageTexts exeuntPageTexts(ExeuntSettings settings) {
        return new HostedPageTexts(settings);
    }

    @Bean
    ReceiptController exeuntReceiptCalls(
            AccountRequests requests,
            DataMap map,
            ExeuntSettings settings,
            HostedPageTexts texts,
            ExternalSystems systems,
            @Qualifier("exeuntClock") Clock clock) {
        return new ReceiptController(requests, map, settings, texts, new ReceiptSystems(systems, clock));
    }

    @Bean
    ReceiptKeysController exeuntReceiptKeyCalls(Exeunt exeunt) {
        return new ReceiptKeysController(exeunt);
    }

    @Bean
    SignInController exeuntSignInCalls(
            ProviderSignIn signIn,
            ProvenSignIns proven,
            SignInCookies cookies,
            CookieSessions sessions,
            SessionResponse response,
            ExeuntSettings settings) {
        return new SignInController(signIn, proven, cookies, sessions, response, settings);
    }

    @Bean
    PrivacyPageController exeuntPageCalls(ExeuntSettings settings, HostedPageTexts texts) {
        return new PrivacyPageController(settings, texts);
    }

    @Bean
    OpenApiController exeuntDocumentCalls(ExeuntSettings settings) {
        return new OpenApiController(settings);
    }

    @Bean
    ProblemTranslator exeuntProblemTranslator(@Qualifier("exeuntClock") Clock clock, ExeuntSettings settings) {
        return new ProblemTranslator(clock, settings.path());
    }

    @Bean
    FilterRegistrationBean<ProblemFilter> exeuntProblems(
            ProblemTranslator refusals, ExeuntSettings settings, @Qualifier("exeuntClock") Clock clock) {
        FilterRegistrationBean<ProblemFilter> registration =
                new FilterRegistrationBean<>(new ProblemFilter(refusals, clock));
        registration.addUrlPatterns(
                settings.path(), settings.path() + "/*", settings.gate().path() + "/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** The calls look after themselves; the application's own chain is for its own paths. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 50)
    SecurityFilterChain exeuntSecurity(HttpSecurity http, ExeuntSettings settings) throws Exception {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        return http.securityMatcher(new OrRequestMatcher(
                        paths.matcher(settings.path() + "/**"),
                        paths.matcher(settings.gate().path() + "/**")))
                .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .cors(cors -> cors.configurationSource(new EmbeddingOrigins(settings)))
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    @Bean
    WebMvcConfigurer exeuntMvc(
            ExeuntSettings settings, CallAuthorizer authorizer, AccountRequests requests, ProblemTranslator refusals) {
        return new WebMvcConfigurer() {
            @Override
            public void configurePathMatch(PathMatchConfigurer match) {
                match.addPathPrefix(settings.path(), WebConfiguration::isAccount);
                match.addPathPrefix(settings.gate().path(), GateController.class::isAssignableFrom);
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new CallAccessInterceptor(authorizer)).order(Ordered.HIGHEST_PRECEDENCE);
                registry.addInterceptor(new StaffCallRecorder(requests)).order(Ordered.HIGHEST_PRECEDENCE + 1);
            }

            @Override
            public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
                resolvers.add(0, new ProblemResolver(refusals, settings));
            }
        };
    }

    private static boolean isAccount(Class<?> type) {
        return ExeuntController.class.isAssignableFrom(type) && !GateController.class.isAssignableFrom(type);
    }
}
