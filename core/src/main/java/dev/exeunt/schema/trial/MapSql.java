package dev.exeunt.schema.trial;

import dev.exeunt.schema.TableName;
import java.util.List;

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

    /**
     * A query about a person: a guard, a warning, what finds things elsewhere. {@code :subject} is the person's key, {@code
     * :leaving} the keys of those who have asked to leave before them: a value and an array. A key of several columns is a
     * row and rows: {@code (tenant_id, id) = :subject}, {@code (tenant_id, id) <> all (:leaving)}.
     *
     * @param key the types of the subject's key, quoted for a cast
     */
    record Query(List<String> key, String sql) implements MapSql {
        public Query {
            key = List.copyOf(key);
        }
    }
}
