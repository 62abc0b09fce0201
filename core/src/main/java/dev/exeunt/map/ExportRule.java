package dev.exeunt.map;

import java.util.List;

/**
 * What of a role's rows a person gets.
 *
 * @param none nothing of them
 * @param except columns left out
 * @param with columns of rows that these rows refer to, joined
 */
public record ExportRule(boolean none, List<Word> except, List<With> with, Position at) {

    public ExportRule {
        except = List.copyOf(except);
        with = List.copyOf(with);
    }

    /**
     * Columns of the one row of another table that a row refers to.
     *
     * @param on columns of this table; they hold the columns a foreign key refers to, else that table's primary key
     */
    public record With(TableRef table, List<Word> on, List<Word> columns) {
        public With {
            on = List.copyOf(on);
            columns = List.copyOf(columns);
        }
    }
}
