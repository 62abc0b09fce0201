package dev.exeunt.internal.rehearse;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.rehearse.UnreachedPlaces.FoundRows;
import dev.exeunt.internal.rehearse.UnreachedPlaces.Place;
import dev.exeunt.internal.scan.TableScanner;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.sideeffect.TransactionRowVersions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks again, in the transaction that erased the person, at the rows that held their data before: foreign keys and triggers take some
 * along. Of each place the first thousand rows are looked at, so that locks are not held for long.
 */
final class UnreachedRecheck {

    /** So many rows of each place are looked at again. */
    static final int MOST = 1_000;

    private static final String SAME_KEY = """
            {key} OPERATOR(pg_catalog.=) ANY (:keys::pg_catalog.text[]::{type}[])""";

    private final Connection connection;
    private final UnreachedPlaces found;

    UnreachedRecheck(Connection connection, UnreachedPlaces found) {
        this.connection = connection;
        this.found = found;
    }

    /** @return for each place how many of the rows still hold it; of more than a thousand as many as of the thousand, and the others */
    Map<Place, Long> left() throws SQLException {
        TableScanner scanner = new TableScanner(connection, found.terms());
        Map<Place, Long> left = new LinkedHashMap<>();
        for (Map.Entry<Place, FoundRows> each : found.rows().entrySet()) {
            Place place = each.getKey();
            long before = each.getValue().ids().count();
            long looked = Math.min(MOST, before);
            long still = place.table().kind() == Table.RelationKind.FOREIGN
                    ? looked
                    : scanner.scanAgain(place.table(), place.column(), place.kind(), rows(place, each.getValue()))
                            .count();
            left.put(place, still == 0 ? 0 : before - looked + still);
        }
        return left;
    }

    private List<SqlFragment> rows(Place place, FoundRows rows) throws SQLException {
        if (!rows.keys().isEmpty()) {
            Column key = place.table().require(place.table().primaryKey().get(0));
            return List.of(SqlTemplate.of(SAME_KEY)
                    .identifier("key", key.name())
                    .fragment("type", key.type().quotedBase())
                    .bind("keys", rows.keys().toArray(String[]::new))
                    .toFragment());
        }
        List<SqlFragment> conditions = new ArrayList<>(rows.ids().conditions(MOST));
        conditions.add(TransactionRowVersions.of(connection)
                .wrote(SqlFragment.of(place.table().name().quoted() + ".xmin"))); // updated, and so moved
        return conditions;
    }
}
