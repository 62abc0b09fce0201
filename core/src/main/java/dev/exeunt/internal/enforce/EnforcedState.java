package dev.exeunt.internal.enforce;

import dev.exeunt.internal.enforce.EnforcedTable.TablePart;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what of ours stands in the catalogue now, and what the last apply recorded. With a pinned search path. */
final class EnforcedState {

    /** Every policy, trigger and view of ours, with all that decides what it does. */
    static final String OBJECTS = """
            SELECT p.polrelid AS relation, p.polname::text AS object,
                concat_ws(' ', p.polcmd, p.polpermissive, pg_get_expr(p.polqual, p.polrelid),
                    pg_get_expr(p.polwithcheck, p.polrelid),
                    (SELECT string_agg(r.rolname, ',' ORDER BY r.rolname) FROM pg_roles AS r WHERE r.oid = ANY (p.polroles)))
                AS definition
            FROM pg_policy AS p WHERE p.polname IN ('exeunt_absent', 'exeunt_rows')
            UNION ALL
            SELECT t.tgrelid, t.tgname::text, concat_ws(' ', t.tgenabled, md5(pg_get_triggerdef(t.oid)), md5(f.prosrc))
            FROM pg_trigger AS t JOIN pg_proc AS f ON f.oid = t.tgfoid
            WHERE t.tgname IN ('exeunt_refuse_rows', 'exeunt_forget_absence') AND t.tgparentid = 0
                AND f.pronamespace = to_regnamespace('exeunt')
            UNION ALL
            SELECT c.oid, 'exeunt_view', concat_ws(' ', array_to_string(c.reloptions, ','), c.relowner, md5(pg_get_viewdef(c.oid)))
            FROM pg_class AS c
            WHERE c.relkind = 'v' AND c.relnamespace = to_regnamespace('exeunt') AND c.relname ~ '^absent(_data)?_rows_[0-9]+$'""";

    /** Stands for a view itself among the objects. */
    static final String VIEW = "exeunt_view";

    private static final String APPLIED = "SELECT to_regclass('exeunt.enforcement') IS NOT NULL";

    private static final String STANDING = """
            SELECT o.relation::regclass::text AS table_name, o.object, o.definition, NULL AS recorded, NULL AS statement
            FROM ({objects}) AS o ORDER BY 1, 2""";

    private static final String COMPARED = """
            SELECT coalesce(o.relation, e.relation)::regclass::text AS table_name, coalesce(o.object, e.object) AS object,
                o.definition, e.definition AS recorded, e.statement
            FROM ({objects}) AS o FULL JOIN exeunt.enforced_object AS e ON e.relation = o.relation AND e.object = o.object
            ORDER BY 1, 2""";

    /** Row security as it was before the first apply, and as it is. Tables that are gone are left out. */
    private static final String FLAGS = """
            SELECT c.oid::regclass::text AS table_name, e.row_security, e.forced, c.relrowsecurity, c.relforcerowsecurity,
                EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid
                    AND p.polname NOT IN ('exeunt_absent', 'exeunt_rows')) AS other_policies
            FROM exeunt.enforcement AS e JOIN pg_class AS c ON c.oid = e.relation ORDER BY 1""";

    private static final String PARTS = """
            WITH RECURSIVE below AS (
                SELECT i.inhrelid AS oid, c.relispartition AS partition
                FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid WHERE i.inhparent = :table::regclass
                UNION
                SELECT i.inhrelid, b.partition AND c.relispartition
                FROM below AS b JOIN pg_inherits AS i ON i.inhparent = b.oid JOIN pg_class AS c ON c.oid = i.inhrelid)
            SELECT n.nspname::text AS schema, c.relname::text AS name, b.partition
            FROM below AS b JOIN pg_class AS c ON c.oid = b.oid JOIN pg_namespace AS n ON n.oid = c.relnamespace
            ORDER BY 1, 2""";

    private static final String SECURITY = """
            SELECT c.relrowsecurity, c.relforcerowsecurity FROM pg_class AS c WHERE c.oid = :table::regclass""";

    private final Connection connection;
    private final Map<TableName, String> written = new HashMap<>();

    EnforcedState(Connection connection) {
        this.connection = connection;
    }

    /**
     * A policy, trigger or view of ours.
     *
     * @param table as SQL writes it; of a view its own name
     * @param name of the policy or trigger, or {@link #VIEW}
     * @param definition as the catalogue has it; null where it is not there
     * @param recorded the definition that the last apply left; null where it made none
     * @param statement a hash of the statement that made it; null where none is recorded
     */
    record EnforcedObject(
            String table,
            String name,
            @Nullable String definition,
            @Nullable String recorded,
            @Nullable String statement) {}

    /** Whether row security is on, or forced, for a table. */
    record TableSecurity(boolean on, boolean forced) {}

    /**
     * Row security of a table before the first apply, and now.
     *
     * @param otherPolicies whether policies that are not ours stand on it
     */
    record RecordedSecurity(String table, TableSecurity before, TableSecurity now, boolean otherPolicies) {}

    boolean applied() throws SQLException {
        return SqlRunner.isTrue(connection, SqlFragment.of(APPLIED));
    }

    /** All of ours, each with what is recorded of it. */
    List<EnforcedObject> objects() throws SQLException {
        SqlFragment select = SqlTemplate.of(applied() ? COMPARED : STANDING)
                .fragment("objects", OBJECTS)
                .toFragment();
        return SqlRunner.list(
                connection,
                select,
                row -> new EnforcedObject(
                        row.getString("table_name"),
                        row.getString("object"),
                        row.getString("definition"),
                        row.getString("recorded"),
                        row.getString("statement")));
    }

    List<RecordedSecurity> recordedSecurity() throws SQLException {
        if (!applied()) {
            return List.of();
        }
        return SqlRunner.list(
                connection,
                SqlFragment.of(FLAGS),
                row -> new RecordedSecurity(
                        row.getString("table_name"),
                        new TableSecurity(row.getBoolean("row_security"), row.getBoolean("forced")),
                        new TableSecurity(row.getBoolean("relrowsecurity"), row.getBoolean("relforcerowsecurity")),
                        row.getBoolean("other_policies")));
    }

    TableSecurity security(TableName table) throws SQLException {
        SqlFragment select =
                SqlTemplate.of(SECURITY).bind("table", table.quoted()).toFragment();
        return SqlRunner.one(connection, select, row -> new TableSecurity(row.getBoolean(1), row.getBoolean(2)));
    }

    /** The same rules with the parts that each table has now. */
    EnforcementRules withParts(EnforcementRules rules) throws SQLException {
        List<EnforcedTable> tables = new ArrayList<>();
        for (EnforcedTable table : rules.tables()) {
            SqlFragment select = SqlTemplate.of(PARTS)
                    .bind("table", table.table().name().quoted())
                    .toFragment();
            tables.add(table.withParts(SqlRunner.list(
                    connection,
                    select,
                    row -> new TablePart(
                            new TableName(row.getString("schema"), row.getString("name")),
                            row.getBoolean("partition")))));
        }
        return rules.withTables(tables);
    }

    /** As the catalogue writes a table's name in the results of this class. */
    String written(TableName table) throws SQLException {
        String known = written.get(table);
        if (known != null) {
            return known;
        }
        SqlFragment select = SqlTemplate.of("SELECT :table::regclass::text")
                .bind("table", table.quoted())
                .toFragment();
        String read = SqlRunner.one(connection, select, row -> row.getString(1));
        written.put(table, read);
        return read;
    }

    /** The functions of the triggers that refuse rows, as SQL writes them. */
    List<String> refusingFunctions() throws SQLException {
        return SqlRunner.list(connection, SqlFragment.of("""
                        SELECT p.oid::regprocedure::text FROM pg_proc AS p
                        WHERE p.pronamespace = to_regnamespace('exeunt') AND p.proname ~ '^refuse_rows_[0-9]+$' ORDER BY 1"""), row -> row.getString(1));
    }

    /** Roles that were let into the schema. */
    List<String> admittedRoles() throws SQLException {
        return applied()
                ? SqlRunner.list(
                        connection,
                        SqlFragment.of(
                                "SELECT r.name::text FROM exeunt.enforcement_role AS r JOIN pg_roles ON rolname = r.name ORDER BY 1"),
                        row -> row.getString(1))
                : List.of();
    }
}
