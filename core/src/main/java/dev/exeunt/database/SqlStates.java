package dev.exeunt.database;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Explains what a SQLSTATE means and what to do. Appendix "PostgreSQL Error Codes" of PostgreSQL's manual. */
final class SqlStates {

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("42501", "The role lacks a right it needs"),
            Map.entry("55P03", "A lock was not available in time, another transaction holds it"),
            Map.entry("57014", "PostgreSQL cancelled the statement, by a time limit or by hand"),
            Map.entry("57P01", "PostgreSQL was shut down, or an administrator ended the session"),
            Map.entry("57P02", "PostgreSQL crashed and is starting again"),
            Map.entry("57P03", "PostgreSQL is starting up or shutting down"),
            Map.entry("53100", "PostgreSQL's disk is full"),
            Map.entry("53200", "PostgreSQL is out of memory"),
            Map.entry("53300", "PostgreSQL has no connection left to give"),
            Map.entry("P0001", "A trigger or function of the database raised an error"),
            Map.entry(
                    "25006", "The transaction is read-only: this is a standby, or default_transaction_read_only is on"),
            Map.entry("40001", "The transaction could not be serialised against others; trying again helps"),
            Map.entry("40P01", "The transaction was in a deadlock with another; trying again helps"),
            Map.entry("42601", "The SQL is not valid"),
            Map.entry("42703", "The SQL names a column that does not exist"),
            Map.entry("42883", "The SQL names a function or operator that does not exist for these types"),
            Map.entry("42P01", "The SQL names a table that does not exist"),
            Map.entry("22001", "A value is too long for its column"),
            Map.entry("22003", "A number is out of its type's range"),
            Map.entry("22007", "A value is not a date or time"),
            Map.entry("22P02", "A value is not a literal of its type"),
            Map.entry("23001", "A row is still referred to, and its foreign key says RESTRICT"),
            Map.entry("23502", "A column that is NOT NULL would become NULL"),
            Map.entry("23503", "A foreign key would be violated"),
            Map.entry("23505", "A value that must be unique exists already"),
            Map.entry("23514", "A CHECK would be violated"),
            Map.entry("23P01", "An exclusion constraint would be violated"),
            Map.entry("27000", "A BEFORE trigger changed the row that the statement was about to change"));

    private SqlStates() {}

    static String sentence(String sqlState, DatabaseException.ErrorObjectNames names, String doing) {
        return meaning(sqlState, names) + on(names) + ", while " + doing + " (SQLSTATE " + sqlState + ").";
    }

    private static String meaning(String sqlState, DatabaseException.ErrorObjectNames names) {
        if (sqlState.equals("42501") && rowSecurityRefused(names)) {
            return "Row security hides rows of the table from this role; it must own the table, or have BYPASSRLS";
        }
        if (sqlState.startsWith("08")) {
            return "The connection to PostgreSQL was lost";
        }
        if (sqlState.startsWith("23") && !MEANINGS.containsKey(sqlState)) {
            return "A constraint would be violated";
        }
        return MEANINGS.getOrDefault(sqlState, "PostgreSQL refused");
    }

    /** Rights and {@code row_security = off} share a SQLSTATE; the server's function that raised it tells them apart. */
    private static boolean rowSecurityRefused(DatabaseException.ErrorObjectNames names) {
        return "check_enable_rls".equals(names.routine());
    }

    private static String on(DatabaseException.ErrorObjectNames names) {
        return part(" on table ", names.table())
                + part(", column ", names.column())
                + part(", constraint ", names.constraint())
                + part(", type ", names.type());
    }

    private static String part(String label, @Nullable String name) {
        return name == null ? "" : label + name;
    }
}
