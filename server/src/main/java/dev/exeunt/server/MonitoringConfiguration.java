package dev.exeunt.server;

import dev.exeunt.database.Database;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.spring.external.ApplicationEvents;
import dev.exeunt.spring.provider.IdentityProvider;
import dev.exeunt.spring.web.problem.TomcatProblemCustomizer;
import dev.exeunt.support.event.ExternalSystems;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** Declares health checks, metrics and the security chains for monitoring. All else is shut. */
@Configuration(proxyBeanMethods = false)
class MonitoringConfiguration {

    @Bean
    RequestMetrics exeuntMetrics(AccountRequests requests, LegalHolds holds, @Qualifier("exeuntClock") Clock clock) {
        return new RequestMetrics(requests, holds, clock);
    }

    /** The server has no listeners of the application. */
    @Bean
    ApplicationEvents exeuntApplicationEvents() {
        return new ApplicationEvents(false);
    }

    @Bean
    EventMetrics exeuntEventMetrics(DataMap map, ExternalSystems systems, @Qualifier("exeuntClock") Clock clock) {
        return new EventMetrics(map, systems, clock);
    }

    @Bean
    DatabaseHealth databaseHealthIndicator(Database database, @Qualifier("exeuntClock") Clock clock) {
        return new DatabaseHealth(database, clock);
    }

    @Bean
    LedgerHealth ledgerHealthIndicator(ErasureLedger ledger) {
        return new LedgerHealth(ledger);
    }

    @Bean
    ProviderHealth identityProviderHealthIndicator(IdentityProvider provider) {
        return new ProviderHealth(provider);
    }

    /** Whatever is asked of this server is ours to refuse. */
    @Bean
    TomcatProblemCustomizer exeuntTomcatProblems() {
        return TomcatProblemCustomizer.everywhere();
    }

    @Bean
    WorkMetrics exeuntObserver(MeterRegistry registry) {
        return new WorkMetrics(registry);
    }

    @Bean
    @Order(0)
    SecurityFilterChain exeuntOperations(HttpSecurity http) throws Exception {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    @Bean
    @Order(1_000)
    SecurityFilterChain exeuntDenyAllSecurity(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(all -> all.anyRequest().denyAll())
                .exceptionHandling(e -> e.authenticationEntryPoint((request, answer, shut) -> answer.sendError(404))
                        .accessDeniedHandler((request, answer, shut) -> answer.sendError(404)))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }
}
