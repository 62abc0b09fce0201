package dev.exeunt.internal.erase;

import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds an update that compares each row with what it was, for tables with triggers that may keep a value. Triggers that trim a
 * new value or change its case are allowed for, and so is a value that was blank before.
 */
final class ComparedUpdateSql {

    private static final String UPDATE = """
            WITH exeunt_old AS MATERIALIZED (
                SELECT {table}.ctid AS exeunt_row, {table}.tableoid AS exeunt_of, {olds}, {values} FROM {table} WHERE {rows} FOR UPDATE
            ), exeunt_new AS (
                UPDATE {table} SET {sets} FROM exeunt_old
                WHERE {table}.ctid OPERATOR(pg_catalog.=) exeunt_old.exeunt_row
                    AND {table}.tableoid OPERATOR(pg_catalog.=) exeunt_old.exeunt_of
                RETURNING {kept} AS exeunt_kept
            )
            SELECT (SELECT pg_catalog.count(*) FROM exeunt_old), pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE exeunt_kept)
            FROM exeunt_new
            """;

    private static final String KEPT = """
            {new}::pg_catalog.text OPERATOR(pg_catalog.=) {old}::pg_catalog.text
            AND pg_catalog.btrim({old}::pg_catalog.text) OPERATOR(pg_catalog.<>) ''
            AND (pg_catalog.lower(pg_catalog.btrim({value}::pg_catalog.text))
                OPERATOR(pg_catalog.=) pg_catalog.lower(pg_catalog.btrim({old}::pg_catalog.text))) IS NOT TRUE
            """;

    private static final String OTHER_NUMBER = "({value} {equals} {old}) IS NOT TRUE";

    private ComparedUpdateSql() {}

    static SqlFragment of(PlannedTable table, SqlFragment rows, Map<Column, SqlFragment> becomes) {
        List<SqlFragment> olds = new ArrayList<>();
        List<SqlFragment> values = new ArrayList<>();
        List<SqlFragment> sets = new ArrayList<>();
        List<SqlFragment> kept = new ArrayList<>();
        becomes.forEach((column, value) -> {
            String old = "exeunt_o" + sets.size();
            String next = "exeunt_v" + sets.size();
            olds.add(named(column(table, column), old));
            values.add(named(cast(value, column), next));
            sets.add(SqlTemplate.of("{column} = exeunt_old.{value}")
                    .identifier("column", column.name())
                    .identifier("value", next)
                    .toFragment());
            kept.add(kept(table, column, SqlFragment.of("exeunt_old." + old), SqlFragment.of("exeunt_old." + next)));
        });
        return SqlTemplate.of(UPDATE)
                .fragment("table", table.name().quoted())
                .fragments("olds", ", ", olds)
                .fragments("values", ", ", values)
                .fragment("rows", rows)
                .fragments("sets", ", ", sets)
                .fragment("kept", SqlFragment.anyOf(kept))
                .toFragment();
    }

    private static SqlFragment kept(PlannedTable table, Column column, SqlFragment old, SqlFragment value) {
        SqlFragment same = SqlTemplate.of(KEPT)
                .fragment("new", column(table, column))
                .fragment("old", old)
                .fragment("value", value)
                .toFragment();
        if (column.type().category() != 'N') {
            return same;
        }
        SqlFragment other = SqlTemplate.of(OTHER_NUMBER)
                .fragment("value", value)
                .fragment("equals", column.type().equality())
                .fragment("old", old)
                .toFragment();
        return SqlFragment.join(" AND ", List.of(same, other));
    }

    private static SqlFragment column(PlannedTable table, Column column) {
        return SqlTemplate.of("{table}.{column}")
                .fragment("table", table.name().quoted())
                .identifier("column", column.name())
                .toFragment();
    }

    private static SqlFragment cast(SqlFragment value, Column column) {
        return SqlTemplate.of("CAST({value} AS {type})")
                .fragment("value", value)
                .fragment("type", column.type().quoted())
                .toFragment();
    }

    private static SqlFragment named(SqlFragment value, String name) {
        return SqlTemplate.of("{value} AS {name}")
                .fragment("value", value)
                .identifier("name", name)
                .toFragment();
    }
}
