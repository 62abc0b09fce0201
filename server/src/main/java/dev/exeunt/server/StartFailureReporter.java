package dev.exeunt.server;

import dev.exeunt.ExeuntException;
import dev.exeunt.support.text.VisibleText;
import java.net.BindException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.tomcat.ConnectorStartFailedException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** Prints the reason for a failed start as plain sentences on standard error. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureReporter implements SpringBootExceptionReporter {

    private static final String NOT_OURS =
            "The address to listen at is none of this machine's. Name one that is with --address: 127.0.0.1, or"
                    + " 0.0.0.0 for all of them.";

    private final @Nullable ConfigurableApplicationContext context;

    StartFailureReporter(@Nullable ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    public boolean reportException(Throwable failure) {
        System.err.println(VisibleText.lines(told(failure)));
        return true;
    }

    private String told(Throwable failure) {
        List<Throwable> chain =
                Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
        return chain.stream()
                .map(StartFailureReporter::ours)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> analyzed(failure))
                .orElseGet(() -> unexpected(chain.get(chain.size() - 1)));
    }

    private static @Nullable String ours(Throwable e) {
        if (e instanceof ExeuntException) {
            return e.getMessage();
        }
        if (e instanceof PortInUseException used) {
            return inUse(used.getPort());
        }
        if (e instanceof ConnectorStartFailedException used) {
            return inUse(used.getPort());
        }
        return e instanceof BindException ? NOT_OURS : null;
    }

    /** An address of another machine cannot be assigned, whatever the port. */
    static String cannotListen(BindException e, int port) {
        return String.valueOf(e.getMessage()).contains("assign") ? NOT_OURS : inUse(port);
    }

    private static String inUse(int port) {
        return "Port " + port + " is in use, or may not be used by this user. Name another with --port, or end what"
                + " listens there.";
    }

    /** Returns Spring's own explanation, where it has one. */
    private java.util.Optional<String> analyzed(Throwable failure) {
        ArgumentResolver arguments = context == null
                ? ArgumentResolver.none()
                : ArgumentResolver.of(org.springframework.beans.factory.BeanFactory.class, context.getBeanFactory())
                        .and(org.springframework.core.env.Environment.class, context.getEnvironment());
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, arguments, FailureHandler.handleMessage((message, e) -> {}))
                .stream()
                .map(a -> a.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .map(StartFailureReporter::sentences);
    }

    private static String sentences(FailureAnalysis analysis) {
        String action = analysis.getAction();
        return analysis.getDescription().strip() + (action == null || action.isBlank() ? "" : "\n" + action.strip());
    }

    /** Names the class and the place only: the message of an unknown exception may hold personal data. */
    private static String unexpected(Throwable e) {
        String place = Arrays.stream(e.getStackTrace())
                .findFirst()
                .map(t -> " at " + t.getClassName() + "." + t.getMethodName() + ":" + t.getLineNumber())
                .orElse("");
        return "The server cannot start: something unexpected went wrong ("
                + e.getClass().getSimpleName() + place + "). Please report this line, it holds nothing personal.";
    }
}
