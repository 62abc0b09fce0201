package dev.exeunt.database;

import dev.exeunt.internal.postgres.SqlQuoting;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Explains by SQLSTATE why a connection could not be opened. */
final class ConnectFailure {

    private ConnectFailure() {}

    static DatabaseException of(SQLException e, DatabaseUrl address, @Nullable String user) {
        String sqlState = e.getSQLState() == null ? "unknown" : e.getSQLState();
        String sentence = sentence(sqlState, address, user == null ? "the default role" : "role " + user);
        return new DatabaseException(sentence, sqlState, null, null);
    }

    private static String sentence(String sqlState, DatabaseUrl address, String role) {
        String hosts = address.shownHosts();
        return switch (sqlState) {
            case "08001", "08006" ->
                "No PostgreSQL answers at " + hosts
                        + ". Is it running, is the port right, and does its network let this machine in?";
            case "08P01" ->
                "What answers at " + hosts
                        + " does not speak PostgreSQL's protocol (SQLSTATE 08P01). Are host and port right?";
            case "08004" ->
                "PostgreSQL at " + hosts + " wants " + role
                        + " to authenticate (SQLSTATE 08004). Was a password given, and does the driver know the method that"
                        + " pg_hba.conf asks for?";
            case "28P01", "28000" ->
                "PostgreSQL at " + hosts + " does not let " + role + " in (SQLSTATE " + sqlState
                        + "). Is the password right, does the role exist, and does pg_hba.conf allow it to reach "
                        + address.database() + "?";
            case "3D000" -> "There is no database " + address.database() + " at " + hosts + ".";
            case "42501" ->
                "The " + role.replaceFirst("^the ", "") + " lacks the right CONNECT on database "
                        + address.database() + " at " + hosts + ". An owner may: GRANT CONNECT ON DATABASE "
                        + SqlQuoting.identifier(address.database()) + " TO …";
            case "53300" -> "PostgreSQL at " + hosts + " has no connection left to give (SQLSTATE 53300).";
            case "57P03" -> "PostgreSQL at " + hosts + " is starting up or shutting down (SQLSTATE 57P03).";
            default ->
                "PostgreSQL at " + hosts + " refused a connection of " + role + " to " + address.database()
                        + " (SQLSTATE " + sqlState + ").";
        };
    }
}
