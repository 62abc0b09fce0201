package dev.exeunt.server;

import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Configures the server: the starter's beans, an object store, monitoring and defaults. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ObjectStoreConfiguration.class, MonitoringConfiguration.class})
public class ServerConfiguration {

    @Bean
    S3FileStoreFactory exeuntBucketsOfFiles(Environment environment) {
        return new S3FileStoreFactory(environment);
    }

    @Bean
    S3LedgerFactory exeuntLedgerBuckets(Environment environment) {
        return new S3LedgerFactory(environment);
    }

    /** What a server beside an application wants that has said nothing. */
    static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("server.port", "8080"),
            Map.entry("server.shutdown", "graceful"),
            Map.entry("server.server-header", ""),
            Map.entry("server.forward-headers-strategy", "native"),
            Map.entry("spring.application.name", "exeunt"),
            Map.entry("spring.main.log-startup-info", "false"),
            Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "20s"),
            Map.entry("spring.mvc.log-resolved-exception", "false"),
            Map.entry("logging.structured.format.console", "ecs"),
            Map.entry("logging.structured.json.stacktrace.printer", OutageTracePrinter.class.getName()),
            Map.entry("logging.structured.json.customizer", VisibleLogCustomizer.class.getName()),
            Map.entry("logging.level.root", "WARN"),
            Map.entry(
                    "logging.level.org.springframework.boot.web.server.servlet.context",
                    "ERROR"), // see StartFailureReporter
            Map.entry("logging.level.dev.exeunt", "INFO"),
            Map.entry("management.endpoints.web.base-path", "/"),
            Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            Map.entry(
                    "management.endpoint.health.group.readiness.include",
                    "readinessState,database,identityProvider,ledger"),
            Map.entry("management.endpoint.health.group.readiness.show-details", "always"),
            Map.entry("management.endpoints.web.discovery.enabled", "false"));
}
