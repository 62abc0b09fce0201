package dev.exeunt.database;

import dev.exeunt.ExeuntException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Thrown when PostgreSQL refused a statement or could not be reached. Classified by SQLSTATE, never by the server's words,
 * which may quote a person's values: neither they nor the {@link SQLException} that carries them are kept, only the names of
 * what they are about.
 */
public class DatabaseException extends ExeuntException {

    private static final long serialVersionUID = 1L;

    private static final Set<String> PASSING = Set.of("08", "40", "53", "57");

    private final String sqlState;
    private final @Nullable String table;
    private final @Nullable String constraint;

    public DatabaseException(String message, String sqlState, @Nullable String table, @Nullable String constraint) {
        super(message);
        this.sqlState = sqlState;
        this.table = table;
        this.constraint = constraint;
    }

    /** @param doing what was tried, as it follows "while": {@code deleting from comments}; without a person's values */
    public static DatabaseException of(SQLException e, String doing) {
        ErrorObjectNames names = ErrorObjectNames.of(e);
        String sqlState = e.getSQLState() == null ? "unknown" : e.getSQLState();
        String message = SqlStates.sentence(sqlState, names, doing);
        return new DatabaseException(message, sqlState, names.table(), names.constraint());
    }

    /** Five characters, as in the appendix of PostgreSQL's manual; {@code unknown} where the driver had none. */
    public String sqlState() {
        return sqlState;
    }

    /** Whether the same may succeed later by itself: no connection, no resources, a lock, a shutdown. */
    public boolean isTransient() {
        return PASSING.contains(sqlState.substring(0, 2)) || sqlState.equals("55P03");
    }

    /** {@code name} in public, {@code schema.name} elsewhere; null where the server names none. */
    public @Nullable String table() {
        return table;
    }

    public @Nullable String constraint() {
        return constraint;
    }

    /** Holds the names of the table, column, constraint, type and routine in a server error. */
    record ErrorObjectNames(
            @Nullable String table,
            @Nullable String column,
            @Nullable String constraint,
            @Nullable String type,
            @Nullable String routine) {

        static ErrorObjectNames of(SQLException e) {
            ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
            return server == null
                    ? new ErrorObjectNames(null, null, null, null, null)
                    : new ErrorObjectNames(
                            table(server),
                            server.getColumn(),
                            server.getConstraint(),
                            server.getDatatype(),
                            server.getRoutine());
        }

        private static @Nullable String table(ServerErrorMessage server) {
            String schema = server.getSchema();
            String table = server.getTable();
            return table == null || schema == null || schema.equals("public") ? table : schema + "." + table;
        }
    }
}
