package dev.exeunt.benchmarks;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The application that people leave, and what is left of it afterwards. */
final class Forum {

    private static final List<String> TABLES = List.of(
            "users", "sessions", "groups", "memberships", "posts", "comments", "reactions", "notifications");

    private Forum() {}

    /** People by the double of {@code leaving}, of whom nobody has asked to leave yet. */
    static void create(Server server, String database, int leaving) throws SQLException {
        server.execute("postgres", "CREATE DATABASE " + database);
        server.execute(database, Resources.text("schema.sql"));
        server.execute(database, Resources.text("data.sql").replace(":people", Integer.toString(leaving)));
    }

    /** Of each table the number of its rows and the sum of their hashes: the same rows give the same, in whatever order. */
    static Map<String, String> rows(Server server, String database) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        for (String table : TABLES) {
            rows.put(
                    table,
                    server.scalar(
                            database,
                            "SELECT count(*) || ' rows ' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM " + table
                                    + " t"));
        }
        return rows;
    }
}
