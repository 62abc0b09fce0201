package dev.exeunt.schema.trial;

import dev.exeunt.schema.TableName;

/** A text of the map that is SQL, and what it has to be. Two that are equal need one trial. */
public sealed interface MapSql {

    /** As the map has it. */
    String sql();

    /** True or false for each row of a table: {@code where:} of a link. */
    record Condition(TableName table, String sql) implements MapSql {}

    /**
     * A value for a column, made of the row's own: {@code { sql: … }}.
     *
     * @param type the column's, quoted for a cast
     */
    record Value(TableName table, String column, String type, String sql) implements MapSql {}
}
