package dev.exeunt.spring.web;

import dev.exeunt.spring.settings.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/**
 * What Tomcat itself refuses is told as a problem, too: under these calls' paths and where a request has none, or, in a server
 * that does nothing else, everywhere. */
public final class TomcatProblems implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

    private final @Nullable List<String> paths;

    private TomcatProblems(@Nullable List<String> paths) {
        this.paths = paths;
    }

    public static TomcatProblems everywhere() {
        return new TomcatProblems(null);
    }

    static TomcatProblems of(Settings settings) {
        return new TomcatProblems(List.of(settings.path(), settings.gate().path()));
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            context.getPipeline().addValve(new ProblemValve(paths));
            context.getParent().getPipeline().addValve(new ProblemValve(paths));
        });
    }

    /** After Boot's, whose valve for errors then finds nothing left to tell. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
