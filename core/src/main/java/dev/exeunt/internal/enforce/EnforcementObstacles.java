package dev.exeunt.internal.enforce;

import dev.exeunt.internal.enforce.EnforcedTable.TablePart;
import dev.exeunt.internal.enforce.EnforcementRules.UnsupportedLink;
import dev.exeunt.internal.map.RoleLifecycle.PolicyForm;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds what keeps the rules from holding, or would keep others from their work. With a pinned search path. */
final class EnforcementObstacles {

    /** One row for each role that may read or write a table. */
    private static final String ACCESS = """
            SELECT c.oid::regclass::text AS table_name, r.rolname::text AS role, r.rolsuper OR r.rolbypassrls AS unbound,
                pg_has_role(r.oid, c.relowner, 'USAGE') AS owner,
                EXISTS (SELECT FROM pg_roles AS a WHERE a.rolname = ANY (:application::text[])
                    AND pg_has_role(r.oid, a.oid, 'USAGE') AND NOT r.rolsuper) OR r.rolname = ANY (:application::text[]) AS application,
                EXISTS (SELECT FROM pg_roles AS a WHERE a.rolname = ANY (:exempt::text[])
                    AND pg_has_role(r.oid, a.oid, 'USAGE') AND NOT r.rolsuper) OR r.rolname = ANY (:exempt::text[]) AS exempt,
                has_table_privilege(r.oid, 'exeunt.request', 'INSERT') AS worker
            FROM pg_class AS c CROSS JOIN pg_roles AS r
            WHERE c.oid = ANY (:tables::regclass[]) AND r.rolname !~ '^pg_'
                AND has_schema_privilege(r.oid, c.relnamespace, 'USAGE')
                AND (has_table_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE')
                    OR has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE'))
            ORDER BY 1, 2""";

    private static final String UNKNOWN_ROLES = """
            SELECT n FROM unnest(:roles::text[]) AS n WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = n)""";

    private static final String DORMANT_POLICIES = """
            SELECT DISTINCT p.polrelid::regclass::text FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid
            WHERE c.oid = ANY (:tables::regclass[]) AND NOT c.relrowsecurity
                AND p.polname NOT IN ('exeunt_absent', 'exeunt_rows') ORDER BY 1""";

    private final Connection connection;
    private final EnforcementRules rules;
    private final Set<String> found = new LinkedHashSet<>();

    private EnforcementObstacles(Connection connection, EnforcementRules rules) {
        this.connection = connection;
        this.rules = rules;
    }

    /** A role and what it may do with a table. */
    private record TableAccess(
            String table,
            String role,
            boolean unbound,
            boolean owner,
            boolean application,
            boolean exempt,
            boolean worker) {

        static TableAccess read(ResultSet row) throws SQLException {
            return new TableAccess(
                    row.getString("table_name"),
                    row.getString("role"),
                    row.getBoolean("unbound"),
                    row.getBoolean("owner"),
                    row.getBoolean("application"),
                    row.getBoolean("exempt"),
                    row.getBoolean("worker"));
        }
    }

    /** Each as a sentence with the way out; empty where there is none. */
    static List<String> find(Connection connection, EnforcementRules rules) throws SQLException {
        EnforcementObstacles obstacles = new EnforcementObstacles(connection, rules);
        obstacles.find();
        return new ArrayList<>(obstacles.found);
    }

    /** A view reads with the rights of the role that makes it, whose own rows must not be hidden from it. */
    private static final String BOUND_READERS = """
            SELECT DISTINCT format('A view of Exeunt reads %s, and the policies would bind role %s, which makes it. Let a superuser, or a'
                    || ' role with BYPASSRLS, run it%s.', c.oid::regclass, current_user,
                CASE WHEN :force OR c.relforcerowsecurity THEN '' ELSE ', or the owner of the table' END)
            FROM pg_class AS c JOIN pg_roles AS r ON r.rolname = current_user
            WHERE c.oid = ANY (:tables::regclass[]) AND NOT r.rolsuper AND NOT r.rolbypassrls
                AND (:force OR c.relforcerowsecurity OR NOT pg_has_role(c.relowner, 'USAGE'))
            ORDER BY 1""";

    /** Finds as well what the role that is connected could not make. */
    static List<String> findForApply(Connection connection, EnforcementRules rules) throws SQLException {
        List<String> found = new ArrayList<>(find(connection, rules));
        String[] read = rules.views().stream()
                .flatMap(view -> view.tables().stream())
                .map(TableName::quoted)
                .distinct()
                .toArray(String[]::new);
        SqlFragment select = SqlTemplate.of(BOUND_READERS)
                .bind("force", rules.force())
                .bind("tables", read)
                .toFragment();
        found.addAll(SqlRunner.list(connection, select, row -> row.getString(1)));
        found.addAll(CopiedTables.obstacles(connection, tables(policed(rules)), rules.force()));
        return found;
    }

    private void find() throws SQLException {
        if (rules.application().isEmpty()) {
            found.add("The map names no role of the application. Add roles: { application: [NAME] }.");
            return;
        }
        String[] named = Stream.concat(rules.application().stream(), rules.exempt().stream())
                .toArray(String[]::new);
        list(UNKNOWN_ROLES, "roles", named)
                .forEach(role -> found.add("The database has no role " + role + ". Correct its name under roles."));
        list(DORMANT_POLICIES, "tables", tables(policed(rules)))
                .forEach(table -> found.add("Row security is off for " + table
                        + ", and policies stand on it that would begin to act. Switch it on first, or drop them."));
        foreignTables();
        Set<String> read = new TreeSet<>();
        for (TableAccess access : access(tables(policed(rules)))) {
            judge(access);
        }
        for (TableAccess access : access(tables(unsupported()))) {
            if (access.application()) {
                read.add(access.table());
            }
        }
        links(read);
        inherited();
    }

    /** A policy of the table that is named judges the rows of those that inherit from it. */
    private void inherited() throws SQLException {
        for (InheritedTable pair : InheritedTable.list(connection, tables(policed(rules)))) {
            List<EnforcedLink> there = absent(pair.parent());
            boolean shown = absent(pair.child()).stream()
                    .anyMatch(link -> there.stream().noneMatch(link::findsTheSameRowsAs));
            if (shown && access(tables(List.of(pair.parent()))).stream().anyMatch(TableAccess::application)) {
                found.add("The rows of " + pair.child() + " are also read through " + pair.parent()
                        + ", which has other links and would show them. REVOKE the application's rights on "
                        + pair.parent()
                        + ", or write reads: shown in " + pair.child() + ".");
            }
        }
    }

    private List<EnforcedLink> absent(TableName table) {
        return rules.tables().stream()
                .filter(t -> t.table().name().equals(table))
                .flatMap(t -> t.absent().stream())
                .toList();
    }

    private void judge(TableAccess access) {
        String role = "Role " + access.role();
        boolean bound = !access.unbound() && (!access.owner() || rules.force());
        if (access.application() && access.unbound()) {
            found.add(role + " of the application is a superuser or has BYPASSRLS, so no policy binds it."
                    + " ALTER ROLE … NOBYPASSRLS, or let the application connect as another role.");
        } else if (access.application() && access.owner() && !rules.force()) {
            found.add(role + " of the application owns " + access.table()
                    + ", and an owner sees every row. Let another role own it, or write force: true under roles.");
        } else if (access.worker() && bound) {
            found.add(
                    role + " works with requests, and the policies on " + access.table()
                            + " would hide rows from it. Let Exeunt connect as the owner of the tables or as a role with BYPASSRLS.");
        } else if (rules.exempt().contains(access.role()) && access.application()) {
            found.add(role + " is exempt, and a member of a role of the application, so it would be bound."
                    + " Take the membership away, or take the role out of exempt.");
        } else if (bound && !access.application() && !access.exempt()) {
            found.add(role + " may use " + access.table()
                    + " and is in neither list, so it would see no row. Add it to roles: application or exempt,"
                    + " or REVOKE its rights.");
        }
    }

    private void foreignTables() {
        rules.tables().stream()
                .filter(t -> t.table().kind() == Table.RelationKind.FOREIGN)
                .forEach(t -> found.add(t.table().name()
                        + " is a foreign table, which takes no policy. Write reads: shown and new-rows: allow there."));
    }

    private void links(Set<String> readByApplication) throws SQLException {
        EnforcedState state = new EnforcedState(connection);
        for (UnsupportedLink link : rules.unsupported()) {
            PlannedRole role = link.role();
            if (readByApplication.contains(state.written(role.table().name()))) {
                found.add("No policy can hide the rows of " + role.id() + ": " + link.why()
                        + ". Write reads: shown in that link, or REVOKE the application's rights on "
                        + role.table().name() + ".");
            }
        }
        slowFeeds();
        boolean untouchable = new AbsenceFunctions(rules).touched().isEmpty();
        for (EnforcedTable table : rules.tables()) {
            for (EnforcedLink link : table.refusing()) {
                if (!link.comparesAsKey() || untouchable) {
                    found.add("New rows of " + link.role().id() + " cannot be refused: "
                            + (untouchable
                                    ? "no column of " + rules.subject().table().name() + " can be written."
                                    : "the link's type is not the key's.")
                            + " Write new-rows: allow.");
                }
            }
        }
    }

    /** A key that is compared in another type is found by no index. */
    private void slowFeeds() {
        rules.tables().stream()
                .flatMap(table -> table.absent().stream())
                .filter(link -> link.policyForm() == PolicyForm.FEED && !link.comparesAsKey())
                .forEach(link -> found.add("The policy of "
                        + link.role().table().name() + " cannot be feed: the type of "
                        + link.role().id() + " is not the key's, so no index finds the person. Write policy: scan."));
    }

    private static List<TableName> policed(EnforcementRules rules) {
        return rules.tables().stream()
                .filter(t -> !t.absent().isEmpty())
                .flatMap(t -> Stream.concat(
                        Stream.of(t.table().name()), t.parts().stream().map(TablePart::name)))
                .distinct()
                .toList();
    }

    private List<TableName> unsupported() {
        return rules.unsupported().stream()
                .map(link -> link.role().table().name())
                .distinct()
                .toList();
    }

    private static String[] tables(List<TableName> names) {
        return names.stream().map(TableName::quoted).toArray(String[]::new);
    }

    private List<TableAccess> access(String[] tables) throws SQLException {
        SqlFragment select = SqlTemplate.of(ACCESS)
                .bind("application", rules.application().toArray(String[]::new))
                .bind("exempt", rules.exempt().toArray(String[]::new))
                .bind("tables", tables)
                .toFragment();
        return SqlRunner.list(connection, select, TableAccess::read);
    }

    private List<String> list(String sql, String place, String[] values) throws SQLException {
        return SqlRunner.list(
                connection, SqlTemplate.of(sql).bind(place, values).toFragment(), row -> row.getString(1));
    }
}
