package dev.exeunt.map;

import java.util.List;

/**
 * A data map: for every table which rows belong to a person, and what becomes of them. Syntactically whole; whether its
 * names exist and its fates can be carried out is for {@code dev.exeunt.plan} to say.
 *
 * @param file the file's name as the user gave it
 */
public record DataMap(
        String file,
        Subject subject,
        ExportSettings export,
        List<TableMap> tables,
        List<NotPersonal> notPersonal,
        List<Accepted> accepted) {

    public DataMap {
        tables = List.copyOf(tables);
        notPersonal = List.copyOf(notPersonal);
        accepted = List.copyOf(accepted);
    }

    /** A table that holds nothing of anybody, and why. */
    public record NotPersonal(TableRef table, String reason) {}

    /**
     * A warning seen, and why it may stay.
     *
     * @param code the finding's code
     * @param what the table, or {@code table.column}, the warning is about
     */
    public record Accepted(Word code, Word what, String reason) {}
}
