package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.LifecycleSettings.SqlEntryPoints;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.DatabaseRole;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import dev.exeunt.support.text.SpellingSuggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds roles that could call the functions in SQL for any person: a function believes what its session says of the caller, and so only a
 * gateway may hold that session.
 */
public final class SqlCallerCheck {

    private final MapDefinition map;
    private final SqlEntryPoints sql;
    private final List<DatabaseRole> roles;
    private final List<Finding> findings = new ArrayList<>();

    private SqlCallerCheck(MapDefinition map, DatabaseSchema schema) {
        this.map = map;
        this.sql = map.lifecycle().sql();
        this.roles = schema.roles();
    }

    public static List<Finding> check(MapDefinition map, DatabaseSchema schema) {
        SqlCallerCheck check = new SqlCallerCheck(map, schema);
        check.sql.callers().forEach(check::caller);
        check.sql.gateway().forEach(check::role);
        check.columns();
        return check.findings;
    }

    private Optional<DatabaseRole> role(LocatedText name) {
        Optional<DatabaseRole> found =
                roles.stream().filter(r -> r.name().equals(name.text())).findFirst();
        if (found.isEmpty()) {
            List<String> known = roles.stream().map(DatabaseRole::name).toList();
            findings.add(FindingCode.UNKNOWN_NAME.finding(
                    name.at(),
                    "sql." + name.text(),
                    "the database has no role " + name.text() + "." + SpellingSuggestion.hint(name.text(), known),
                    "CREATE ROLE " + SqlQuoting.identifier(name.text()) + "; or name another role"));
        }
        return found;
    }

    private void caller(LocatedText name) {
        role(name).ifPresent(role -> {
            if (role.login()) {
                add(
                        name,
                        role.name(),
                        "the role " + role.name()
                                + " may sign in itself and call the functions of sql: it could claim to be any person.",
                        statement("ALTER ROLE {role} NOLOGIN;", role.name(), role.name()));
            }
            List<String> gateways =
                    sql.gateway().stream().map(LocatedText::text).toList();
            role.actedBy().stream()
                    .filter(other -> !other.equals(role.name()) && !gateways.contains(other))
                    .forEach(other -> actsAs(name, role, other));
        });
    }

    private void actsAs(LocatedText name, DatabaseRole role, String other) {
        String revoke = statement("REVOKE {role} FROM {other};", role.name(), other);
        add(
                name,
                role.name() + "." + other,
                "the role " + other + " signs in, may change to " + role.name()
                        + " and call the functions of sql: it could claim to be any person. It is not the gateway.",
                sql.gateway().isEmpty()
                        ? SuggestedFix.entries(
                                List.of("sql"),
                                "gateway: " + other,
                                "where it is not the one that asks for people: " + revoke)
                        : SuggestedFix.sql(
                                revoke, "name it under gateway as well, where you trust it with every person's data"));
    }

    private void add(LocatedText name, String what, String message, String statement) {
        add(name, what, message, SuggestedFix.sql(statement, "name a role that does not sign in"));
    }

    private void add(LocatedText name, String what, String message, SuggestedFix fix) {
        findings.add(FindingCode.IMPERSONATION.finding(name.at(), what, message, fix));
    }

    private static String statement(String template, String role, String other) {
        SqlTemplate statement = SqlTemplate.of(template).identifier("role", role);
        return (template.contains("{other}") ? statement.identifier("other", other) : statement)
                .toFragment()
                .sql();
    }

    /** The claim alone tells one column. */
    private void columns() {
        int given = Math.max(1, sql.caller().size());
        int key = map.subject().key().size();
        if (sql.offered() && given != key) {
            LocatedText at =
                    sql.caller().isEmpty() ? sql.callers().get(0) : sql.caller().get(0);
            findings.add(FindingCode.MALFORMED.finding(
                    at.at(),
                    "sql.caller",
                    "caller under sql tells " + given + " value" + (given == 1 ? "" : "s")
                            + ", and the subject's key has " + key + " column" + (key == 1 ? "" : "s") + ".",
                    "caller: [an expression for each column of the key, in its order]"));
        }
    }
}
