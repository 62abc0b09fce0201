package dev.exeunt.benchmarks;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Creates the forum database of the benchmark and compares what remains in it. */
final class ForumDatabase {

    private static final List<String> TABLES =
            List.of("users", "sessions", "groups", "memberships", "posts", "comments", "reactions", "notifications");

    private ForumDatabase() {}

    /** Creates twice as many people as {@code leaving}. None of them has asked to leave yet. */
    static void create(BenchmarkServer server, String database, int leaving) throws SQLException {
        server.execute("postgres", "CREATE DATABASE " + database);
        server.execute(database, BenchmarkFiles.text("schema.sql"));
        server.execute(database, BenchmarkFiles.text("data.sql").replace(":people", Integer.toString(leaving)));
    }

    /**
     * Lets each person with an even id ask to leave. The first asks by the product, for the others a script writes the same rows.
     *
     * @throws IllegalStateException where the script writes other rows than a second real request in a copy of the database
     */
    static void ask(BenchmarkServer server, String database) throws SQLException {
        ExeuntErasure.migrate(server, database);
        ExeuntErasure.at(server, database, ExeuntErasure.ASKED).ask(2);
        server.copy(database, "asked");
        server.execute(database, BenchmarkFiles.text("asked.sql"));
        ExeuntErasure.at(server, "asked", ExeuntErasure.ASKED).ask(4);
        String script = server.scalar(database, BenchmarkFiles.text("state-of-one.sql"));
        String real = server.scalar("asked", BenchmarkFiles.text("state-of-one.sql"));
        if (!real.equals(script)) {
            throw new IllegalStateException("asking writes\n" + real + "\nand the script\n" + script);
        }
        server.execute("postgres", "DROP DATABASE asked");
        server.execute(database, "VACUUM ANALYZE");
    }

    /** Of each table the number of its rows and the sum of their hashes: the same rows give the same, in whatever order. */
    static Map<String, String> rows(BenchmarkServer server, String database) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        for (String table : TABLES) {
            rows.put(
                    table,
                    server.scalar(
                            database,
                            "SELECT count(*) || ' rows ' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM "
                                    + table + " t"));
        }
        return rows;
    }
}
