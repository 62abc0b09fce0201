package dev.exeunt.internal.map;

import dev.exeunt.internal.map.notice.ProcessingTerms;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap.TableWords;
import java.util.List;

/**
 * Holds what the map says of one table: its export section and its roles. What is said for the whole table
 * ({@code erase}, {@code export}) has already been handed down to the roles that say nothing themselves, except on the
 * subject's own table: there it is the {@code self} role's alone, since a link in that table reaches other people.
 *
 * @param section name of its section in the export; the table's own name where the map gives none
 * @param words what people read about it
 * @param terms what it says itself of the use of its rows, without the map's defaults
 * @param files its columns that name files in a store
 * @param roles at least one
 */
public record MappedTable(
        TableReference table,
        String section,
        TableWords words,
        ProcessingTerms terms,
        List<FileColumn> files,
        List<Role> roles) {

    /**
     * Names a column whose values are names of files.
     *
     * @param store the store that holds the files, by its name in the settings
     * @param strip what each value begins with before the file's name; empty where a value is the name itself
     */
    public record FileColumn(LocatedText column, String store, String strip) {}

    public MappedTable {
        files = List.copyOf(files);
        roles = List.copyOf(roles);
    }

    public MappedTable forFlow(AccountFlow flow) {
        return new MappedTable(
                table,
                section,
                words,
                terms,
                files,
                roles.stream().map(r -> r.forFlow(flow)).toList());
    }
}
