package dev.exeunt.server;

import dev.exeunt.database.DatabaseException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.StackTracePrinter;
import org.springframework.boot.logging.StandardStackTracePrinter;

/** Prints a lost database connection as one sentence instead of a stack trace. */
final class OutageTracePrinter implements StackTracePrinter {

    private static final String NO_CONNECTION = "08";

    private final StackTracePrinter others = StandardStackTracePrinter.rootFirst();

    @Override
    public void printStackTrace(Throwable thrown, Appendable to) throws IOException {
        Optional<String> away = Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .map(OutageTracePrinter::away)
                .filter(Objects::nonNull)
                .findFirst();
        if (away.isPresent()) {
            to.append(away.get());
        } else {
            others.printStackTrace(thrown, to);
        }
    }

    private static @Nullable String away(Throwable e) {
        if (e instanceof DatabaseException ours && ours.sqlState().startsWith(NO_CONNECTION)) {
            return ours.getMessage();
        }
        if (!(e instanceof SQLException drivers)) {
            return null;
        }
        String state = drivers.getSQLState();
        if (state == null) {
            // the database gives each error a state, so this one is the pool's: the connection is closed already
            return "The connection to the database could not be used.";
        }
        return state.startsWith(NO_CONNECTION)
                ? "The connection to the database was lost (SQLSTATE " + state + ")."
                : null;
    }
}
