package dev.exeunt.internal.schema.trial;

import dev.exeunt.internal.schema.TableName;
import java.util.List;

/** A text of the map that is SQL, and what it has to be. Two that are equal need one trial. */
public sealed interface MapSql {

    /** As the map has it. */
    String sql();

    /** Holds an SQL condition over a table's rows, from {@code where:} of a link. */
    record RowCondition(TableName table, String sql) implements MapSql {}

    /**
     * Holds an SQL expression for a column's new value, computed from the row's own columns.
     *
     * @param type the column's, quoted for a cast
     */
    record ColumnExpression(TableName table, String column, String type, String sql) implements MapSql {}

    /**
     * Holds an SQL query about a person: a guard, a warning, or the locators of an external system. {@code :subject} is
     * the person's key, {@code :leaving} the keys of those who have asked to leave before them: a value and an array. A
     * key of several columns is a row and rows: {@code (tenant_id, id) = :subject},
     * {@code (tenant_id, id) <> all (:leaving)}.
     *
     * @param key the types of the subject's key, quoted for a cast
     */
    record SubjectQuery(List<String> key, String sql) implements MapSql {
        public SubjectQuery {
            key = List.copyOf(key);
        }
    }
}
