package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Tests that a lost connection is one sentence in the log, and any other error keeps its stack trace. */
class OutageTracePrinterTest {

    private static String printed(Throwable thrown) throws IOException {
        StringBuilder text = new StringBuilder();
        new OutageTracePrinter().printStackTrace(thrown, text);
        return text.toString();
    }

    @Test
    void aLostConnectionAndOneThatThePoolHasClosedAreSentences() throws IOException {
        assertThat(printed(new IllegalStateException("query", new SQLException("gone", "08006"))))
                .isEqualTo("The connection to the database was lost (SQLSTATE 08006).");
        assertThat(printed(new IllegalStateException("Failed to rollback.", new SQLException("Connection is closed"))))
                .isEqualTo("The connection to the database could not be used.");
    }

    @Test
    void anotherErrorOfTheDatabaseKeepsItsTrace() throws IOException {
        assertThat(printed(new IllegalStateException("query", new SQLException("wrong", "42601"))))
                .contains("\tat ");
    }
}
