package dev.exeunt.internal.rehearse;

import dev.exeunt.internal.scan.PersonTerms;
import dev.exeunt.internal.scan.RowIds;
import dev.exeunt.internal.scan.TermKind;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds where rows hold data of one person that the map neither deletes nor overwrites nor keeps on purpose.
 *
 * @param terms what was looked for
 */
record UnreachedPlaces(PersonTerms terms, Map<Place, FoundRows> rows) {

    /** Names a column and what it holds. */
    record Place(Table table, Column column, TermKind kind) {}

    /**
     * Holds rows that were found.
     *
     * @param keys of the primary key, of the first rows; empty where it does not have one column
     * @param linked whether the person's key is all that the column holds in some of them, so that a link can lead to them
     */
    record FoundRows(RowIds ids, List<String> keys, boolean linked) {

        FoundRows {
            keys = List.copyOf(keys);
        }
    }

    UnreachedPlaces {
        rows = new LinkedHashMap<>(rows);
    }
}
