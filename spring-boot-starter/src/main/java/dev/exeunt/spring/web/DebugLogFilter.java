package dev.exeunt.spring.web;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.exeunt.spring.settings.ExeuntSettings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;
import org.springframework.beans.factory.DisposableBean;

/**
 * Leaves out lines that Spring and Tomcat write at DEBUG and TRACE about our calls: the path of a call holds a person's key, the token of
 * a link or the secret of a receipt, and its headers hold credentials. Their lines of other calls, and all lines from INFO on, stay.
 */
final class DebugLogFilter extends TurboFilter implements DisposableBean {

    private static final List<String> LOGGERS = List.of("org.springframework.", "org.apache.", "jakarta.", "javax.");

    /** The buffer that Tomcat reads a request from, whole or in any part. */
    private static final String BUFFER = "org.apache.coyote.http11.Http11InputBuffer";

    /** Writes all that is said to a mail server, addresses included. */
    private static final List<String> MAIL = List.of("org.eclipse.angus.mail", "jakarta.mail");

    private final List<String> secret;

    DebugLogFilter(ExeuntSettings settings) {
        this.secret = Stream.concat(
                        Stream.of(settings.path(), settings.gate().path())
                                .map(p -> p.replaceFirst("^/", ""))
                                .flatMap(p -> Stream.of(p + "/", p + "?")),
                        Stream.of("authorization", "cookie", "bearer "))
                .map(s -> s.toLowerCase(Locale.ROOT))
                .toList();
        setName("exeunt");
    }

    /** Where the application logs by Logback. */
    DebugLogFilter registered() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            setContext(context);
            start();
            context.addTurboFilter(this);
        }
        return this;
    }

    @Override
    public void destroy() {
        if (getContext() instanceof LoggerContext context) {
            context.getTurboFilterList().remove(this);
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable thrown) {
        if (level.toInt() <= Level.DEBUG_INT && MAIL.stream().anyMatch(logger.getName()::startsWith)) {
            return FilterReply.DENY;
        }
        boolean aboutCalls = level.toInt() <= Level.DEBUG_INT
                && level.isGreaterOrEqual(logger.getEffectiveLevel())
                && LOGGERS.stream().anyMatch(logger.getName()::startsWith);
        return aboutCalls && (logger.getName().equals(BUFFER) || tells(format, params, thrown))
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    private boolean tells(@Nullable String format, Object @Nullable [] params, @Nullable Throwable thrown) {
        String message = format == null
                ? ""
                : MessageFormatter.arrayFormat(format, params).getMessage();
        Stream<String> causes =
                Stream.iterate(thrown, t -> t != null, Throwable::getCause).map(Throwable::toString);
        return Stream.concat(Stream.of(String.valueOf(message)), causes)
                .flatMap(text -> Stream.of(text, decoded(text)))
                .map(text -> text.toLowerCase(Locale.ROOT))
                .anyMatch(text -> secret.stream().anyMatch(text::contains));
    }

    /** A path is ours in whatever spelling. */
    private static String decoded(String text) {
        try {
            return text.indexOf('%') < 0 ? text : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // no whole escape: it is no path of a call that was understood
        }
    }
}
