package dev.exeunt.internal.schema.catalog;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.schema.DatabaseRole;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the roles of the server and who may change to them. */
final class RoleQuery {

    /** Since PostgreSQL 16 a membership may be without SET; with ADMIN, though, a member can give it to itself. */
    static final SqlFragment ROLES = SqlFragment.of("""
            WITH RECURSIVE grants AS (
                SELECT a.roleid, a.member FROM pg_auth_members a
                WHERE coalesce((to_jsonb(a) ->> 'set_option')::bool, TRUE) OR a.admin_option
            ), acting AS (
                SELECT roleid AS role, member FROM grants
                UNION
                SELECT acting.role, g.member FROM acting JOIN grants g ON g.roleid = acting.member
            )
            SELECT r.rolname::text AS name, r.rolcanlogin AS login, coalesce((
                SELECT array_agg(l.rolname::text ORDER BY l.rolname) FROM acting JOIN pg_roles l ON l.oid = acting.member
                WHERE acting.role = r.oid AND l.rolcanlogin AND NOT l.rolsuper), '{}') AS acted_by
            FROM pg_roles r ORDER BY 1
            """);

    private RoleQuery() {}

    static DatabaseRole read(ResultSet row) throws SQLException {
        return new DatabaseRole(row.getString("name"), row.getBoolean("login"), SqlRunner.texts(row, "acted_by"));
    }
}
