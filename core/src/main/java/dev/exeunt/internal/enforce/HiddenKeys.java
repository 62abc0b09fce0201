package dev.exeunt.internal.enforce;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where policies look up whether a row's link leads to a hidden person: tables or views with the columns {@code k1}, {@code k2} and so on.
 *
 * @param accounts of people whose account is hidden or was erased
 * @param data of people who asked to delete their data, with {@code requested_at}; null where no such request hides rows of the link
 * @param places the column, counted from 0, that each column of the link is compared with
 */
record HiddenKeys(String accounts, @Nullable String data, List<Integer> places) {

    HiddenKeys {
        places = List.copyOf(places);
    }

    /** The tables of people's own keys. A foreign key may name the key's columns in another order than the map does. */
    static HiddenKeys ofPeople(List<Integer> places) {
        return new HiddenKeys(AbsenceTables.ACCOUNTS, AbsenceTables.DATA, places);
    }

    /** A query that gives each key of these tables or views, and that PostgreSQL never takes for free. */
    String read(String keys) {
        String columns = places.stream().sorted().map(AbsenceTables::keyColumn).collect(Collectors.joining(", "));
        boolean view = !accounts.equals(AbsenceTables.ACCOUNTS);
        return (view ? Stream.of(keys) : Stream.of(keys, AbsenceTables.NONE))
                .map(each -> "SELECT " + columns + " FROM " + each)
                .collect(Collectors.joining(" UNION ALL "));
    }
}
