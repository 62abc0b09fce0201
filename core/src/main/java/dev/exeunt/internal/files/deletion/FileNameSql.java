package dev.exeunt.internal.files.deletion;

import dev.exeunt.internal.plan.PlannedFile;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.SqlType;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Builds the queries for values that name files: one query for each column, whatever the number of files. */
final class FileNameSql {

    private static final String NAMED = """
            SELECT DISTINCT exeunt_value FROM {table}
            CROSS JOIN LATERAL pg_catalog.unnest({elements}) AS exeunt_elements(exeunt_value)
            WHERE ({rows}) AND exeunt_value IS NOT NULL""";

    /** What a request has moved aside stands in exeunt.undo and exeunt.stash, each value as a text. */
    private static final String HIDDEN = """
            SELECT DISTINCT exeunt_value FROM exeunt.hidden AS exeunt_h
            CROSS JOIN LATERAL pg_catalog.unnest(exeunt_h.columns) WITH ORDINALITY AS exeunt_c(name, place)
            JOIN (SELECT request, step, was FROM exeunt.undo UNION ALL SELECT request, step, was FROM exeunt.stash) AS exeunt_w
                ON exeunt_w.request OPERATOR(pg_catalog.=) exeunt_h.request
                AND exeunt_w.step OPERATOR(pg_catalog.=) exeunt_h.step
            CROSS JOIN LATERAL pg_catalog.unnest({elements}) AS exeunt_elements(exeunt_value)
            WHERE exeunt_h.table_schema OPERATOR(pg_catalog.=) :schema
                AND exeunt_h.table_name OPERATOR(pg_catalog.=) :table
                AND exeunt_c.name OPERATOR(pg_catalog.=) :column
                AND exeunt_value IS NOT NULL AND {which}""";

    private final PlannedTable table;
    private final PlannedFile file;

    FileNameSql(PlannedTable table, PlannedFile file) {
        this.table = table;
        this.file = file;
    }

    /** The values of rows that an erasure deletes, or whose column it overwrites. */
    SqlFragment erased(SubjectRows reach) {
        List<PlannedRole> roles = table.roles().stream().filter(this::erases).toList();
        return SqlTemplate.of(NAMED)
                .fragment("table", table.name().quoted())
                .fragment("elements", elements())
                .fragment("rows", reach.matchesAny(roles))
                .toFragment();
    }

    private boolean erases(PlannedRole role) {
        return role.deletes()
                || role.assignments().stream().anyMatch(a -> a.column().equals(file.column()));
    }

    /** The values that these requests have moved aside. */
    SqlFragment hiddenBy(List<UUID> requests) {
        return hidden(SqlTemplate.of("exeunt_h.request OPERATOR(pg_catalog.=) ANY (:requests)")
                .bind("requests", requests)
                .toFragment());
    }

    /** Those of the values that a row still has, and what else such a row has. An index on the column serves it. */
    SqlFragment used(Collection<String> values) {
        SqlType type = file.column().type();
        SqlTemplate rows = type.isArray()
                ? SqlTemplate.of("({column})::{type} OPERATOR(pg_catalog.&&) (:values::pg_catalog.text[])::{type}")
                        .fragment("type", type.quotedBase())
                : SqlTemplate.of("({column})::pg_catalog.text OPERATOR(pg_catalog.=) ANY (:values::pg_catalog.text[])");
        return SqlTemplate.of(NAMED)
                .fragment("table", table.name().quoted())
                .fragment("elements", elements())
                .fragment(
                        "rows",
                        rows.fragment("column", column())
                                .bind("values", values.toArray(String[]::new))
                                .toFragment())
                .toFragment();
    }

    /** Those of the values that a request has moved aside and may put back. */
    SqlFragment usedByHidden(Collection<String> values) {
        return hidden(SqlTemplate.of("exeunt_value OPERATOR(pg_catalog.=) ANY (:values::pg_catalog.text[])")
                .bind("values", values.toArray(String[]::new))
                .toFragment());
    }

    private SqlFragment hidden(SqlFragment which) {
        return SqlTemplate.of(HIDDEN)
                .fragment(
                        "elements",
                        file.column().type().isArray()
                                ? "(exeunt_w.was[exeunt_c.place])::pg_catalog.text[]"
                                : "ARRAY[exeunt_w.was[exeunt_c.place]]")
                .bind("schema", table.name().schema())
                .bind("table", table.name().name())
                .bind("column", file.column().name())
                .fragment("which", which)
                .toFragment();
    }

    private SqlFragment elements() {
        return SqlTemplate.of(
                        file.column().type().isArray()
                                ? "({column})::pg_catalog.text[]"
                                : "ARRAY[({column})::pg_catalog.text]")
                .fragment("column", column())
                .toFragment();
    }

    private SqlFragment column() {
        return SqlTemplate.of("{table}.{column}")
                .fragment("table", table.name().quoted())
                .identifier("column", file.column().name())
                .toFragment();
    }
}
