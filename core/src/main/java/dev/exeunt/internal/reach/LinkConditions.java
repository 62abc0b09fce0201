package dev.exeunt.internal.reach;

import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import java.util.List;

/** Builds the SQL of links for functions, where variables hold the values that an erasure would capture. */
public final class LinkConditions {

    private LinkConditions() {}

    /**
     * Returns the condition that a row of the role's table belongs to the values, as an erasure looks for it.
     *
     * @param variables of type {@code text[]}, one for each link column
     */
    public static SqlFragment matches(PlannedRole role, List<String> variables) {
        return LinkSql.matches(role, variables.stream().map(SqlFragment::of).toList());
    }

    /** Returns the text of a column of a row by which other rows are found. */
    public static SqlFragment value(KeySource source, Column column) {
        String template = source instanceof KeySource.IdentifierValues
                ? "pg_catalog.lower({column}::pg_catalog.text)"
                : "{column}::pg_catalog.text";
        return SqlTemplate.of(template).identifier("column", column.name()).toFragment();
    }
}
