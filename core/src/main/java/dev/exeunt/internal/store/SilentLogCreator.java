package dev.exeunt.internal.store;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.jspecify.annotations.Nullable;

/** Discards the log output of Flyway. */
public final class SilentLogCreator implements LogCreator {

    @Override
    public Log createLogger(Class<?> type) {
        return new Log() {
            @Override
            public void debug(@Nullable String message) {}

            @Override
            public void info(@Nullable String message) {}

            @Override
            public void warn(@Nullable String message) {}

            @Override
            public void error(@Nullable String message) {}

            @Override
            public void error(@Nullable String message, @Nullable Exception e) {}

            @Override
            public void notice(@Nullable String message) {}
        };
    }
}
