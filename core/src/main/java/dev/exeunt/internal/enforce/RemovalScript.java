package dev.exeunt.internal.enforce;

import dev.exeunt.internal.enforce.EnforcedState.EnforcedObject;
import dev.exeunt.internal.enforce.EnforcedState.RecordedSecurity;
import dev.exeunt.internal.postgres.SqlQuoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Builds the statements that take everything of ours out of the application's tables and restore what was. */
final class RemovalScript {

    private static final List<String> OWN = List.of(
            "DROP TRIGGER IF EXISTS exeunt_record_absence ON exeunt.request",
            "DROP FUNCTION IF EXISTS exeunt.record_absence()",
            "DROP FUNCTION IF EXISTS exeunt.forget_absence()",
            "DROP FUNCTION IF EXISTS exeunt.refresh_absence(pg_catalog.text[], pg_catalog.bool)",
            "DROP TABLE IF EXISTS exeunt.absent_account, exeunt.absent_data, exeunt.absent_none, exeunt.own_write, exeunt.enforcement,"
                    + " exeunt.enforced_object, exeunt.enforcement_role");

    private RemovalScript() {}

    /** Empty where nothing is applied. */
    static List<String> of(Connection connection) throws SQLException {
        EnforcedState state = new EnforcedState(connection);
        List<String> statements = new ArrayList<>(objects(state));
        if (!state.applied()) {
            return statements;
        }
        for (RecordedSecurity recorded : state.recordedSecurity()) {
            statements.addAll(restore(recorded));
        }
        List<String> admitted = state.admittedRoles();
        if (!admitted.isEmpty()) {
            statements.add("REVOKE USAGE ON SCHEMA exeunt FROM " + SqlQuoting.identifiers(admitted));
        }
        statements.addAll(OWN);
        return statements;
    }

    /** Drops every policy, trigger and view of ours, and the functions of the triggers. */
    static List<String> objects(EnforcedState state) throws SQLException {
        List<String> statements = new ArrayList<>();
        List<String> views = new ArrayList<>();
        for (EnforcedObject object : state.objects()) {
            if (object.definition() != null && object.name().equals(EnforcedState.VIEW)) {
                views.add(object.table());
            } else if (object.definition() != null) {
                String kind = object.name().equals(RowPolicySql.ABSENT)
                                || object.name().equals(RowPolicySql.ROWS)
                        ? "POLICY"
                        : "TRIGGER";
                statements.add("DROP " + kind + " " + SqlQuoting.identifier(object.name()) + " ON " + object.table());
            }
        }
        if (!views.isEmpty()) {
            statements.add("DROP VIEW " + String.join(", ", views)); // together, since they read each other
        }
        for (String function : state.refusingFunctions()) {
            statements.add("DROP FUNCTION " + function);
        }
        return statements;
    }

    /** Row security stays on where the application has made policies of its own since. */
    static List<String> restore(RecordedSecurity recorded) {
        List<String> statements = new ArrayList<>();
        if (recorded.now().on() && !recorded.before().on() && !recorded.otherPolicies()) {
            statements.add("ALTER TABLE " + recorded.table() + " DISABLE ROW LEVEL SECURITY");
        }
        if (recorded.now().forced() && !recorded.before().forced()) {
            statements.add("ALTER TABLE " + recorded.table() + " NO FORCE ROW LEVEL SECURITY");
        }
        return statements;
    }
}
