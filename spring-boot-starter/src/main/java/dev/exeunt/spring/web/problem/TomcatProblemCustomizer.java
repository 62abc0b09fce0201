package dev.exeunt.spring.web.problem;

import dev.exeunt.spring.settings.ExeuntSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Installs the valve that answers Tomcat's own refusals as problem details. */
public final class TomcatProblemCustomizer
        implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

    private final @Nullable List<String> paths;

    private TomcatProblemCustomizer(@Nullable List<String> paths) {
        this.paths = paths;
    }

    public static TomcatProblemCustomizer everywhere() {
        return new TomcatProblemCustomizer(null);
    }

    static TomcatProblemCustomizer of(ExeuntSettings settings) {
        return new TomcatProblemCustomizer(
                List.of(settings.path(), settings.gate().path()));
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
