package dev.exeunt.internal.late;

import dev.exeunt.HashKey;
import dev.exeunt.internal.request.DueRequest;
import dev.exeunt.internal.request.RequestTransaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Has the links of erased people looked at again later. */
public final class LateRowEntry {

    private LateRowEntry() {}

    /** Enters people in the transaction that erases their accounts. Does nothing where the map wants no look. */
    public static void enter(RequestTransaction transaction, HashKey key, List<DueRequest> erased) throws SQLException {
        Instant now = transaction.now();
        Instant first = transaction.context().map().lifecycle().lateRows().next(now, now);
        if (first != null && !erased.isEmpty()) {
            List<WatchedPerson> people = erased.stream()
                    .map(e -> new WatchedPerson(e.request().id(), e.request().flow(), e.subject(), now, 0))
                    .toList();
            new LateRowWatchTable(transaction, key).enter(people, people.get(0).flow(), first);
        }
    }
}
