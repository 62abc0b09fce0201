package dev.exeunt.internal.enforce;

import dev.exeunt.internal.enforce.AbsentRowViews.AbsentRowView;
import dev.exeunt.internal.enforce.EnforcedState.RecordedSecurity;
import dev.exeunt.internal.enforce.EnforcedState.TableSecurity;
import dev.exeunt.internal.enforce.EnforcedTable.TablePart;
import dev.exeunt.internal.postgres.DollarQuoting;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.support.security.Sha256;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the statements that enforce the rules, from whatever state the database is in. They run in one transaction. */
final class EnforcementScript {

    private static final List<String> RECORD = List.of(
            "CREATE TABLE IF NOT EXISTS exeunt.enforcement (relation pg_catalog.regclass PRIMARY KEY, row_security pg_catalog.bool NOT NULL,"
                    + " forced pg_catalog.bool NOT NULL)",
            "CREATE TABLE IF NOT EXISTS exeunt.enforced_object (relation pg_catalog.regclass, object pg_catalog.text,"
                    + " statement pg_catalog.text NOT NULL, definition pg_catalog.text NOT NULL, PRIMARY KEY (relation, object))",
            "CREATE TABLE IF NOT EXISTS exeunt.enforcement_role (name pg_catalog.name PRIMARY KEY)",
            "DELETE FROM exeunt.enforced_object");

    private static final String REMEMBER = """
            INSERT INTO exeunt.enforcement SELECT c.oid, c.relrowsecurity, c.relforcerowsecurity
            FROM pg_catalog.pg_class AS c WHERE c.oid = {table}::pg_catalog.regclass ON CONFLICT DO NOTHING""";

    private static final String RECORD_OBJECT = """
            INSERT INTO exeunt.enforced_object SELECT o.relation, o.object, {statement}, o.definition
            FROM ({objects}) AS o WHERE o.relation = {table}::pg_catalog.regclass AND o.object = {object}""";

    /** The schema's own rights are left as they are where the role has them already. */
    private static final String ADMIT = """
            INSERT INTO exeunt.enforcement_role SELECT r.rolname FROM pg_catalog.pg_roles AS r
            WHERE r.rolname IN ({roles}) AND NOT pg_catalog.has_schema_privilege(r.oid, 'exeunt', 'USAGE')
            ON CONFLICT DO NOTHING""";

    /** The roles that work with requests may say that a write is Exeunt's own. */
    private static final String WORKERS = """
            DO {body}""";

    private static final String WORKERS_BODY = """
            DECLARE
                worker text;
            BEGIN
                FOR worker IN SELECT DISTINCT quote_ident(r.rolname) FROM pg_class AS c
                    CROSS JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS a
                    JOIN pg_roles AS r ON r.oid = a.grantee
                    WHERE c.oid = 'exeunt.request'::regclass AND a.privilege_type = 'INSERT' LOOP
                    EXECUTE 'GRANT SELECT, INSERT, DELETE ON exeunt.own_write TO ' || worker;
                    EXECUTE 'GRANT EXECUTE ON FUNCTION exeunt.refresh_absence(text[], bool) TO ' || worker;
                    EXECUTE 'GRANT SELECT ON exeunt.enforcement, exeunt.enforced_object, exeunt.enforcement_role TO ' || worker;
                END LOOP;
            END
            """;

    private final EnforcementRules rules;
    private final EnforcedState state;
    private final List<String> statements = new ArrayList<>();

    /** The statement that makes each object, by the table as SQL writes it and the object's name. */
    private final Map<ObjectName, String> objects = new LinkedHashMap<>();

    /** The statement that makes the function of each trigger that has one of its own. */
    private final Map<ObjectName, String> functions = new LinkedHashMap<>();

    /** Names one policy or trigger. */
    record ObjectName(String table, String object) {}

    private EnforcementScript(EnforcementRules rules, EnforcedState state) {
        this.rules = rules;
        this.state = state;
    }

    /** @param rules with the parts of each table */
    static EnforcementScript of(Connection connection, EnforcementRules rules) throws SQLException {
        EnforcementScript script = new EnforcementScript(rules, new EnforcedState(connection));
        script.build();
        return script;
    }

    List<String> statements() {
        return List.copyOf(statements);
    }

    /** A hash of the statement that makes each object. */
    Map<ObjectName, String> hashes() {
        Map<ObjectName, String> hashes = new LinkedHashMap<>();
        objects.forEach((name, statement) -> hashes.put(name, hash(name, statement)));
        return hashes;
    }

    private String hash(ObjectName name, String statement) {
        String function = functions.getOrDefault(name, "");
        return Sha256.hex(statement + function);
    }

    private void build() throws SQLException {
        statements.addAll(RemovalScript.objects(state));
        Map<TableName, List<EnforcedLink>> absent = absent();
        for (RecordedSecurity recorded : state.recordedSecurity()) {
            if (!isEnforced(recorded.table(), absent)) {
                statements.addAll(RemovalScript.restore(recorded));
                statements.add(
                        SqlTemplate.of("DELETE FROM exeunt.enforcement WHERE relation = {table}::pg_catalog.regclass")
                                .fragment("table", SqlQuoting.literal(recorded.table()))
                                .toFragment()
                                .sql());
            }
        }
        AbsenceFunctions absence = new AbsenceFunctions(rules);
        statements.addAll(RECORD);
        statements.addAll(new AbsenceTables(rules.subject()).statements());
        statements.addAll(absence.statements());
        statements.add(absence.fill());
        views();
        grants();
        for (Map.Entry<TableName, List<EnforcedLink>> table : absent.entrySet()) {
            policies(table.getKey(), table.getValue());
        }
        triggers();
        object(rules.subject().table().name(), "exeunt_forget_absence", absence.forgetTrigger());
        record();
    }

    /** The links of each table and of those below it, each with what reaches it from above. */
    private Map<TableName, List<EnforcedLink>> absent() {
        Map<TableName, List<EnforcedLink>> links = new TreeMap<>();
        for (EnforcedTable table : rules.tables()) {
            if (!table.absent().isEmpty()) {
                links.computeIfAbsent(table.table().name(), t -> new ArrayList<>())
                        .addAll(table.absent());
                for (TablePart part : table.parts()) {
                    links.computeIfAbsent(part.name(), t -> new ArrayList<>()).addAll(table.absent());
                }
            }
        }
        return links;
    }

    private boolean isEnforced(String table, Map<TableName, List<EnforcedLink>> absent) throws SQLException {
        for (TableName name : absent.keySet()) {
            if (state.written(name).equals(table)) {
                return true;
            }
        }
        return false;
    }

    /** Tables and other views that they read are there. */
    private void views() {
        for (AbsentRowView view : rules.views()) {
            statements.add(view.statement());
            objects.put(new ObjectName(view.name(), EnforcedState.VIEW), view.statement());
        }
    }

    private void grants() {
        List<String> application = rules.application();
        String roles =
                String.join(", ", application.stream().map(SqlQuoting::literal).toList());
        statements.add(
                SqlTemplate.of(ADMIT).fragment("roles", roles).toFragment().sql());
        statements.add("GRANT USAGE ON SCHEMA exeunt TO " + SqlQuoting.identifiers(application));
        statements.add("GRANT SELECT ON exeunt.absent_account, exeunt.absent_data, exeunt.absent_none TO "
                + SqlQuoting.identifiers(application));
        rules.views()
                .forEach(view -> statements.add(
                        "GRANT SELECT ON " + view.name() + " TO " + SqlQuoting.identifiers(application)));
        statements.add(SqlTemplate.of(WORKERS)
                .fragment("body", DollarQuoting.quote(WORKERS_BODY))
                .toFragment()
                .sql());
    }

    private void policies(TableName table, List<EnforcedLink> links) throws SQLException {
        RowPolicySql policies = new RowPolicySql(rules);
        TableSecurity before = before(table);
        statements.add(SqlTemplate.of(REMEMBER)
                .fragment("table", SqlQuoting.literal(table.quoted()))
                .toFragment()
                .sql());
        if (!before.on()) {
            object(table, RowPolicySql.ROWS, policies.rows(table));
        }
        object(table, RowPolicySql.ABSENT, policies.absent(table, links));
        TableSecurity now = state.security(table);
        if (!now.on()) {
            statements.add("ALTER TABLE " + table.quoted() + " ENABLE ROW LEVEL SECURITY");
        }
        if (rules.force() && !now.forced()) {
            statements.add("ALTER TABLE " + table.quoted() + " FORCE ROW LEVEL SECURITY");
        }
        if (!rules.force() && now.forced() && !before.forced()) {
            statements.add("ALTER TABLE " + table.quoted() + " NO FORCE ROW LEVEL SECURITY");
        }
    }

    private TableSecurity before(TableName table) throws SQLException {
        String written = state.written(table);
        for (RecordedSecurity recorded : state.recordedSecurity()) {
            if (recorded.table().equals(written)) {
                return recorded.before();
            }
        }
        return state.security(table);
    }

    private void triggers() throws SQLException {
        NewRowTriggerSql triggers = new NewRowTriggerSql(rules);
        int number = 0;
        for (EnforcedTable table : rules.tables()) {
            if (!table.refusing().isEmpty()) {
                number++;
                String function = "refuse_rows_" + number;
                String made = triggers.function(function, table);
                statements.add(made);
                trigger(table.table().name(), function, made);
                for (TablePart part : table.parts()) {
                    if (!part.partition()) {
                        trigger(part.name(), function, made);
                    }
                }
            }
        }
    }

    private void trigger(TableName table, String function, String made) throws SQLException {
        object(table, NewRowTriggerSql.TRIGGER, NewRowTriggerSql.trigger(table, function));
        functions.put(new ObjectName(state.written(table), NewRowTriggerSql.TRIGGER), made);
    }

    private void object(TableName table, String name, String statement) throws SQLException {
        statements.add(statement);
        objects.put(new ObjectName(state.written(table), name), statement);
    }

    private void record() {
        objects.forEach((name, statement) -> statements.add(SqlTemplate.of(RECORD_OBJECT)
                .fragment("statement", SqlQuoting.literal(hash(name, statement)))
                .fragment("objects", EnforcedState.OBJECTS)
                .fragment("table", SqlQuoting.literal(name.table()))
                .fragment("object", SqlQuoting.literal(name.object()))
                .toFragment()
                .sql()));
    }
}
