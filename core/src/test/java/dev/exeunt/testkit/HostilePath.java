package dev.exeunt.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A role without rights that owns a schema of the path and has put a shadow there of each built-in function, operator and type
 * that statements are likely to name (CVE-2018-1058). A shadow counts its call and fails.
 */
public final class HostilePath {

    /** As databases upgraded from before PostgreSQL 15 have it. */
    public static final String USUAL = "shadow,public";

    /** The shadows come first, whatever the types of their arguments. */
    public static final String REVERSED = "shadow,pg_catalog,public";

    private final TestDatabase database;

    private HostilePath(TestDatabase database) {
        this.database = database;
    }

    /** Plants the shadows in a database whose own tables are there already. */
    public static HostilePath plant(TestDatabase database, String role) {
        database.createRole(role);
        database.execute("CREATE SCHEMA shadow AUTHORIZATION " + role);
        try (Connection connection = database.connectionAs(role);
                Statement statement = connection.createStatement()) {
            statement.execute(script());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new HostilePath(database);
    }

    /** Plants the shadows in an empty database as the superuser's own: nothing warns of these. */
    static void plant(TestDatabase database) {
        database.execute("CREATE SCHEMA shadow");
        database.execute(script() + "; DROP TABLE shadow.shadow_variant");
    }

    static boolean called(TestDatabase database) {
        return "t".equals(database.scalar("SELECT is_called FROM shadow.shadow_call"));
    }

    /** What goes behind a database's URL so that a session has this path. */
    public static String parameters(String path) {
        return "?options=-c%20search_path=" + path;
    }

    /** How often a shadow was called, but for calls from the application's own triggers. */
    public long calls() {
        return called("shadow_call");
    }

    public long callsOfTriggers() {
        return called("shadow_call_of_trigger");
    }

    /** How many functions, operators and types there are. */
    public long shadows() {
        return Long.parseLong(database.scalar("""
                SELECT (SELECT count(*) FROM pg_proc WHERE pronamespace = 'shadow'::regnamespace)
                    + (SELECT count(*) FROM pg_operator WHERE oprnamespace = 'shadow'::regnamespace)
                """));
    }

    private long called(String sequence) {
        return Long.parseLong(
                database.scalar("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM shadow." + sequence));
    }

    private static String script() {
        try (InputStream in = HostilePath.class.getResourceAsStream("shadows.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
