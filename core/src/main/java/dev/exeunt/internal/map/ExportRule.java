package dev.exeunt.internal.map;

import dev.exeunt.map.DataMap.LanguageText;
import dev.exeunt.map.Finding.Position;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a role's rows a person gets.
 *
 * @param none nothing of them
 * @param except columns left out
 * @param mask columns whose values are replaced, since they are about another person
 * @param reason why something is left out; empty where the map gives none
 * @param with columns of rows that these rows refer to, joined
 */
public record ExportRule(
        boolean none,
        List<LocatedText> except,
        List<LocatedText> mask,
        List<ExportJoin> with,
        LanguageText reason,
        Position at) {

    public ExportRule {
        except = List.copyOf(except);
        mask = List.copyOf(mask);
        with = List.copyOf(with);
    }

    /** What a map that says nothing gets. */
    public static ExportRule everything(Position at) {
        return new ExportRule(false, List.of(), List.of(), List.of(), LanguageText.NONE, at);
    }

    /** Returns the columns whose values the person does not get. */
    public Set<String> withheld() {
        return Stream.concat(except.stream(), mask.stream())
                .map(LocatedText::text)
                .collect(Collectors.toSet());
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
