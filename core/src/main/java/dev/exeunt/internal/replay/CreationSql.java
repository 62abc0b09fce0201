package dev.exeunt.internal.replay;

import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;

/**
 * Writes when a row of a role was made, by the column that the map names. A column without a time zone holds UTC. A date tells the day
 * only: the row was made between its begin and its end.
 *
 * @param earliest NULL where no column tells it
 * @param latest NULL where no column tells it
 */
record CreationSql(SqlFragment earliest, SqlFragment latest) {

    static CreationSql of(PlannedRole role) {
        Column column = role.hiding().created();
        if (column == null || !column.type().isDateOrTimestamp()) {
            SqlFragment unknown = SqlFragment.of("NULL::pg_catalog.timestamptz");
            return new CreationSql(unknown, unknown);
        }
        SqlFragment begin = moment(role, column, "{table}.{column}::pg_catalog.timestamptz");
        return new CreationSql(
                begin,
                column.type().isTimestamp()
                        ? begin
                        : moment(role, column, "({table}.{column} OPERATOR(pg_catalog.+) 1)::pg_catalog.timestamptz"));
    }

    private static SqlFragment moment(PlannedRole role, Column column, String template) {
        return SqlTemplate.of(template)
                .fragment("table", role.table().name().quoted())
                .identifier("column", column.name())
                .toFragment();
    }
}
