package dev.exeunt.promise;

import dev.exeunt.erase.Residue;
import dev.exeunt.promise.made.RandomTable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts the rows that an answer of {@code verify} names for a table and columns. */
record NamedPlaceCounts(Residue residue) {

    /** The rows that are left there, by one of these words. */
    long left(RandomTable table, Collection<String> columns, String... what) {
        return residue.places().stream()
                .filter(p -> p.kept() == null && at(p.table(), p.column(), table, columns))
                .filter(p -> List.of(what).contains(p.what()))
                .mapToLong(Residue.ResiduePlace::rows)
                .sum();
    }

    /** The rows that the map keeps there, or that are another person's. */
    long kept(RandomTable table, Collection<String> columns, String... what) {
        return residue.places().stream()
                .filter(p -> p.kept() != null && at(p.table(), p.column(), table, columns))
                .filter(p -> List.of(what).contains(p.what()))
                .mapToLong(Residue.ResiduePlace::rows)
                .sum();
    }

    /** The rows there that are not judged, for a reason with these words in it. */
    long unjudged(RandomTable table, Collection<String> columns, String why) {
        return residue.unjudged().stream()
                .filter(p -> p.why().contains(why) && at(p.table(), p.column(), table, columns))
                .mapToLong(Residue.UnjudgedPlace::rows)
                .sum();
    }

    /** Whether the column is listed among those that were not looked through. */
    boolean isListed(RandomTable table, String column) {
        return residue.unjudged().stream()
                .filter(p -> p.rows() == 0 && p.table().equals(shown(table)))
                .anyMatch(p -> columns(p.column()).contains(column));
    }

    /** A table as output names it. */
    static String shown(RandomTable table) {
        return table.schema().equals("public") ? table.name() : table.toString();
    }

    private static boolean at(String named, String column, RandomTable table, Collection<String> columns) {
        return named.equals(shown(table)) && columns(column).equals(new HashSet<>(columns));
    }

    private static Set<String> columns(String listed) {
        return new HashSet<>(Arrays.asList(listed.split(", ", -1)));
    }
}
