package dev.exeunt.map;

import java.util.List;

/**
 * A data map: for every table which rows belong to a person, and what becomes of them. Syntactically whole; whether its
 * names exist and its fates can be carried out is for {@code dev.exeunt.plan} to say.
 *
 * @param file the file's name as the user gave it
 * @param flow whose fates the roles have; as read, those of {@link Flow#DELETE_ACCOUNT}
 */
public record DataMap(
        String file,
        Subject subject,
        Flow flow,
        ExportSettings export,
        Lifecycle lifecycle,
        List<TableMap> tables,
        List<NotPersonal> notPersonal,
        List<Accepted> accepted) {

    public DataMap {
        tables = List.copyOf(tables);
        notPersonal = List.copyOf(notPersonal);
        accepted = List.copyOf(accepted);
    }

    /** The same map with what becomes of each role in that flow. */
    public DataMap forFlow(Flow other) {
        List<TableMap> projected = tables.stream().map(t -> t.forFlow(other)).toList();
        return new DataMap(file, subject, other, export, lifecycle, projected, notPersonal, accepted);
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
