package dev.exeunt.internal.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where PostgreSQL looks up names that a statement gives without a schema. Another role that may create functions or operators in a
 * schema of that path could make ours run its code (CVE-2018-1058). So a transaction of ours begins pinned: names are looked up in
 * {@code pg_catalog} alone.
 *
 * <p>Statements on the application's tables run in the path of the role, which the application's triggers and functions need. These
 * statements name the schema of every function, operator, type and table themselves.
 *
 * <p>All settings end with the transaction.
 */
public final class SearchPath {

    /** What a SELECT calls to pin the path for the rest of a transaction and to remember the role's. */
    static final String PIN = """
            pg_catalog.set_config('exeunt.search_path', pg_catalog.current_setting('search_path'), true),
            pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)""";

    /**
     * What a SELECT calls to change to the path of the role: the one that the transaction began with, or the present one where nothing
     * pinned it. The first value is the path until then.
     */
    public static final String ROLE = """
            pg_catalog.current_setting('search_path'), pg_catalog.set_config('search_path',
                CASE WHEN pg_catalog.texteq(pg_catalog.current_setting('exeunt.search_path', true), '') IS NOT FALSE
                     THEN pg_catalog.current_setting('search_path')
                     ELSE pg_catalog.current_setting('exeunt.search_path') END, true)""";

    /** The catalogue's own schema. The temporary schema is last: left out, it would be searched first. */
    public static final String CATALOGUE = "pg_catalog, pg_temp";

    private static final SqlFragment TO_ROLE =
            SqlTemplate.of("SELECT {role}").fragment("role", ROLE).toFragment();

    private SearchPath() {}

    /** Pins the path of the session, on a connection that nothing else uses. */
    public static void pinSession(Connection connection) throws SQLException {
        SqlRunner.execute(
                connection,
                SqlTemplate.of("SET search_path = {path}")
                        .fragment("path", CATALOGUE)
                        .toFragment());
        connection.commit();
    }

    /**
     * Does this work in the path of the role, and returns to the path from before. After an exception the path stays as it is until
     * the transaction, or its savepoint, is rolled back.
     */
    public static <T> T ofRole(Connection connection, TransactionWork<T> work) throws SQLException {
        String before = toRole(connection);
        T result = work.run(connection);
        set(connection, before);
        return result;
    }

    /** Changes to another path for the rest of the transaction. */
    public static void set(Connection connection, String path) throws SQLException {
        SqlFragment set = SqlTemplate.of("SELECT pg_catalog.set_config('search_path', :path, true)")
                .bind("path", path)
                .toFragment();
        SqlRunner.call(connection, set);
    }

    /** Changes to the path of the role, for the rest of the transaction. Returns the path until now. */
    public static String toRole(Connection connection) throws SQLException {
        return SqlRunner.one(connection, TO_ROLE, row -> row.getString(1));
    }
}
