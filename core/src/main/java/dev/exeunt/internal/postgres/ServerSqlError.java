package dev.exeunt.internal.postgres;

import java.sql.SQLException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Holds PostgreSQL's objection to a SQL text that it only parsed. Here alone the server's own words are kept: a
 * statement that has read no row has none of its values to quote.
 *
 * @param says the server's message and hint, on one line
 * @param place where in the statement, in characters from 0
 */
public record ServerSqlError(String sqlState, String says, OptionalInt place) {

    /** Null where the error is none of the SQL's: no lock, no connection, no memory. */
    public static @Nullable ServerSqlError of(SQLException e) {
        ServerErrorMessage server = server(e);
        String state = e.getSQLState();
        if (server == null || state == null || !ofTheText(state)) {
            return null;
        }
        String hint = server.getHint() == null ? "" : ". " + server.getHint();
        String says = (server.getMessage() + hint).replaceAll("\\s+", " ").strip();
        return new ServerSqlError(
                state, says, server.getPosition() > 0 ? OptionalInt.of(server.getPosition() - 1) : OptionalInt.empty());
    }

    private static @Nullable ServerErrorMessage server(SQLException e) {
        for (SQLException one = e; one != null; one = one.getNextException()) {
            if (one instanceof PSQLException psql && psql.getServerErrorMessage() != null) {
                return psql.getServerErrorMessage();
            }
        }
        return null;
    }

    /** Syntax, names, types, rights (42), a literal that is none (22), not in the language (0A), too complex (54), raised (P0). */
    private static boolean ofTheText(String state) {
        return state.startsWith("42")
                || state.startsWith("22")
                || state.startsWith("0A")
                || state.startsWith("54")
                || state.startsWith("P0");
    }
}
