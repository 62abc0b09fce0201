package dev.exeunt.internal.replay;

import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import java.time.Instant;

/**
 * Writes when a row of a role was made, by the column that the map names. A timestamp without a time zone holds UTC. A date tells the day
 * only, in whatever time zone the application is: the row was made between the first begin of the day on earth and its last end.
 *
 * @param earliest NULL where no column tells it
 * @param latest NULL where no column tells it
 */
record CreationSql(SqlFragment earliest, SqlFragment latest) {

    private static final String MOMENT = "{table}.{column}::pg_catalog.timestamptz";
    private static final String BEGIN_OF_DAY =
            "({table}.{column}::pg_catalog.timestamptz OPERATOR(pg_catalog.-) '14 hours'::pg_catalog.interval)";
    private static final String END_OF_DAY =
            "({table}.{column}::pg_catalog.timestamptz OPERATOR(pg_catalog.+) '36 hours'::pg_catalog.interval)";

    static CreationSql of(PlannedRole role) {
        Column column = role.hiding().created();
        if (column == null) {
            SqlFragment unknown = SqlFragment.of("NULL::pg_catalog.timestamptz");
            return new CreationSql(unknown, unknown);
        }
        return column.type().isTimestamp()
                ? new CreationSql(moment(role, column, MOMENT), moment(role, column, MOMENT))
                : new CreationSql(moment(role, column, BEGIN_OF_DAY), moment(role, column, END_OF_DAY));
    }

    private static SqlFragment moment(PlannedRole role, Column column, String template) {
        return SqlTemplate.of(template)
                .fragment("table", role.table().name().quoted())
                .identifier("column", column.name())
                .toFragment();
    }

    /** True for rows that were there at this time; NULL where nothing tells it. */
    SqlFragment wasThereAt(Instant at) {
        return compared(latest, "<=", at);
    }

    /** True for rows that came after this time; NULL where nothing tells it. */
    SqlFragment cameAfter(Instant at) {
        return compared(earliest, ">", at);
    }

    private static SqlFragment compared(SqlFragment made, String operator, Instant at) {
        return SqlTemplate.of("({made} OPERATOR(pg_catalog." + operator + ") CAST(:at AS pg_catalog.timestamptz))")
                .fragment("made", made)
                .bind("at", at)
                .toFragment();
    }
}
