package dev.exeunt.internal.schema.catalog;

import dev.exeunt.database.DatabaseException;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.DatabaseRole;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.DatabaseSchema.UnsafeCode;
import dev.exeunt.internal.schema.SchemaFingerprint;
import dev.exeunt.internal.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads the live database's schema. */
public final class SchemaReader {

    private SchemaReader() {}

    /**
     * The schema as the connected role finds it, in a fixed number of queries however many tables there are. Needs no
     * right but to connect, since every role may read the catalogue. Within a transaction it sees what that transaction
     * has changed, and leaves it open; its {@code search_path} and {@code jit} come out as they went in, however they were set.
     *
     * @throws DatabaseException where PostgreSQL refuses; an open transaction is then as failed as after any error
     */
    public static DatabaseSchema read(Connection connection) {
        try {
            return connection.getAutoCommit() ? inTransaction(connection) : pinned(connection);
        } catch (SQLException e) {
            throw DatabaseException.of(e, "reading the catalogue");
        }
    }

    private static DatabaseSchema inTransaction(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            return pinned(connection);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static DatabaseSchema pinned(Connection connection) throws SQLException {
        ConnectionInfo session = SqlRunner.one(connection, CatalogQueries.SESSION, SchemaReader::session);
        SearchPath.set(connection, SearchPath.CATALOGUE);
        CatalogRowVersions stamp = CatalogRowVersions.read(
                connection); // first: what changes while the rest is read is then found to have changed
        CatalogSnapshot catalog = CatalogSnapshot.read(connection);
        List<String> furtherFacts = SqlRunner.list(connection, CatalogQueries.FURTHER_FACTS, row -> row.getString(1));
        List<UnsafeCode> unsafe = unsafeCode(connection, session.path());
        List<DatabaseRole> roles = SqlRunner.list(connection, RoleQuery.ROLES, RoleQuery::read);
        restore(connection, session);
        List<Table> tables = catalog.tables();
        return new DatabaseSchema(
                session.database(),
                session.role(),
                session.version(),
                session.path(),
                tables,
                unsafe,
                roles,
                new SchemaFingerprint(() -> SchemaDigest.of(tables, furtherFacts), stamp.text()));
    }

    private static List<UnsafeCode> unsafeCode(Connection connection, List<String> path) throws SQLException {
        return SqlRunner.list(
                connection,
                SqlTemplate.of(CatalogQueries.UNSAFE_CODE)
                        .bind("path", path.toArray(String[]::new))
                        .toFragment(),
                row -> new UnsafeCode(row.getString("place"), row.getString("trigger"), row.getString("role")));
    }

    private static void restore(Connection connection, ConnectionInfo session) throws SQLException {
        SqlFragment settings = SqlTemplate.of("""
                        SELECT pg_catalog.set_config('search_path', :path, true), pg_catalog.set_config('jit', :jit, true)""")
                .bind("path", session.pathBefore())
                .bind("jit", session.jitBefore())
                .toFragment();
        SqlRunner.call(connection, settings);
    }

    private static ConnectionInfo session(ResultSet row) throws SQLException {
        return new ConnectionInfo(
                row.getString(1),
                row.getString("jit"),
                row.getString("database"),
                row.getString("role"),
                row.getInt("version"),
                SqlRunner.texts(row, "path"));
    }

    /** Holds the connection's database, role and server version, and the settings that reading changes for a while. */
    private record ConnectionInfo(
            String pathBefore, String jitBefore, String database, String role, int version, List<String> path) {}
}
