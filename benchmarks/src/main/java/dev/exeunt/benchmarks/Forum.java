package dev.exeunt.benchmarks;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The application that people leave, and what is left of it afterwards. */
final class Forum {

    private static final List<String> TABLES =
            List.of("users", "sessions", "groups", "memberships", "posts", "comments", "reactions", "notifications");

    private Forum() {}

    /** People by the double of {@code leaving}, of whom nobody has asked to leave yet. */
    static void create(Server server, String database, int leaving) throws SQLException {
        server.execute("postgres", "CREATE DATABASE " + database);
        server.execute(database, Resources.text("schema.sql"));
        server.execute(database, Resources.text("data.sql").replace(":people", Integer.toString(leaving)));
    }

    /**
     * Everybody with an even id has asked to leave: the first of them really, the others by a script that writes the same.
     *
     * @throws IllegalStateException where it does not, as the second of them shows, who has really asked in another database
     */
    static void ask(Server server, String database) throws SQLException {
        Product.migrate(server, database);
        Product.at(server, database, Product.ASKED).ask(2);
        server.copy(database, "asked");
        server.execute(database, Resources.text("asked.sql"));
        Product.at(server, "asked", Product.ASKED).ask(4);
        String script = server.scalar(database, Resources.text("state-of-one.sql"));
        String real = server.scalar("asked", Resources.text("state-of-one.sql"));
        if (!real.equals(script)) {
            throw new IllegalStateException("asking writes\n" + real + "\nand the script\n" + script);
        }
        server.execute("postgres", "DROP DATABASE asked");
        server.execute(database, "VACUUM ANALYZE");
    }

    /** Of each table the number of its rows and the sum of their hashes: the same rows give the same, in whatever order. */
    static Map<String, String> rows(Server server, String database) throws SQLException {
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
