package dev.exeunt.internal.map;

import dev.exeunt.map.DataMap.LanguageText;
import dev.exeunt.map.Finding.Position;
import java.util.List;

/**
 * What of a role's rows a person gets.
 *
 * @param none nothing of them
 * @param except columns left out
 * @param reason why something is left out; empty where the map gives none
 * @param with columns of rows that these rows refer to, joined
 */
public record ExportRule(boolean none, List<LocatedText> except, List<ExportJoin> with, LanguageText reason, Position at) {

    public ExportRule {
        except = List.copyOf(except);
        with = List.copyOf(with);
    }

    /**
     * Adds columns of the one row in another table that an exported row refers to.
     *
     * @param on columns of this table; they hold the columns a foreign key refers to, else that table's primary key
     */
    public record ExportJoin(TableReference table, List<LocatedText> on, List<LocatedText> columns) {
        public ExportJoin {
            on = List.copyOf(on);
            columns = List.copyOf(columns);
        }
    }
}
