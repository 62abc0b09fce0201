package dev.exeunt.internal.plan.rule;

import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.TableName;
import java.util.Collection;

/** Writes single statements that give rights to a database role. */
public final class GrantSql {

    private GrantSql() {}

    public static String bypassRowSecurity(String role) {
        return SqlTemplate.of("ALTER ROLE {role} BYPASSRLS;")
                .identifier("role", role)
                .toFragment()
                .sql();
    }

    public static String usage(String schema, String role) {
        return SqlTemplate.of("GRANT USAGE ON SCHEMA {schema} TO {role};")
                .identifier("schema", schema)
                .identifier("role", role)
                .toFragment()
                .sql();
    }

    public static String grant(Collection<String> rights, TableName table, String role) {
        return SqlTemplate.of("GRANT {rights} ON {table} TO {role};")
                .fragment("rights", String.join(", ", rights))
                .fragment("table", table.quoted())
                .identifier("role", role)
                .toFragment()
                .sql();
    }
}
