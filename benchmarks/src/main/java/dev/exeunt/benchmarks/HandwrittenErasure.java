package dev.exeunt.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Erases people with hand-written SQL statements, as the peer of the benchmark. User by user, a transaction each, plain
 * statements, children before parents, every one of them served by an index. It does the bare work: it writes down
 * nothing and looks at nothing again. Once as a SQL script, as psql would run it, once as a program that prepares its
 * statements.
 */
final class HandwrittenErasure {

    private static final List<String> STATEMENTS = List.of(
            "DELETE FROM sessions WHERE user_id = ?",
            "DELETE FROM memberships WHERE user_id = ?",
            "DELETE FROM notifications WHERE user_id = ?",
            "DELETE FROM reactions WHERE user_id = ?",
            "DELETE FROM reactions WHERE post_id IN (SELECT id FROM posts WHERE user_id = ?)",
            "DELETE FROM comments WHERE post_id IN (SELECT id FROM posts WHERE user_id = ?)",
            "UPDATE comments SET author_id = NULL, body = '[deleted]' WHERE author_id = ?",
            "DELETE FROM posts WHERE user_id = ?",
            "DELETE FROM users WHERE id = ?");

    private HandwrittenErasure() {}

    /** Erases each person whose account is marked as deleted, by the script. */
    static void script(BenchmarkServer server, String database) throws SQLException {
        try (Connection connection = server.connectPlainly(database)) {
            script(connection, leaving(connection));
        }
    }

    static void script(BenchmarkServer server, String database, long user) throws SQLException {
        try (Connection connection = server.connectPlainly(database)) {
            script(connection, List.of(user));
        }
    }

    private static void script(Connection connection, List<Long> users) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (long user : users) {
                statement.execute("BEGIN");
                for (String sql : STATEMENTS) {
                    statement.execute(sql.replace("?", Long.toString(user)));
                }
                statement.execute("COMMIT");
            }
        }
    }

    /** Erases each person whose account is marked as deleted, by the program. */
    static void erase(BenchmarkServer server, String database) throws SQLException {
        try (Connection connection = server.connect(database)) {
            erase(connection, leaving(connection));
        }
    }

    static void erase(BenchmarkServer server, String database, long user) throws SQLException {
        try (Connection connection = server.connect(database)) {
            erase(connection, List.of(user));
        }
    }

    private static List<Long> leaving(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT id FROM users WHERE deleted_at IS NOT NULL ORDER BY id");
                ResultSet row = select.executeQuery()) {
            List<Long> users = new ArrayList<>();
            while (row.next()) {
                users.add(row.getLong(1));
            }
            return users;
        }
    }

    static void erase(Connection connection, List<Long> users) throws SQLException {
        connection.setAutoCommit(false);
        List<PreparedStatement> statements = new ArrayList<>();
        for (String sql : STATEMENTS) {
            statements.add(connection.prepareStatement(sql));
        }
        for (long user : users) {
            for (PreparedStatement statement : statements) {
                statement.setLong(1, user);
                statement.executeUpdate();
            }
            connection.commit();
        }
    }
}
