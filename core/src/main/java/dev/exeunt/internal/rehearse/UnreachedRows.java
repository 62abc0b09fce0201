package dev.exeunt.internal.rehearse;

import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.rehearse.UnreachedPlaces.Place;
import dev.exeunt.internal.scan.KeyColumns;
import dev.exeunt.internal.scan.RowIds;
import dev.exeunt.internal.scan.TermKind;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.verify.RetainedRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells rows that the map deletes, overwrites or keeps on purpose from the others. */
final class UnreachedRows {

    private static final Set<String> ADDRESSES = Set.of("inet", "cidr", "macaddr", "macaddr8");

    private final Connection connection;
    private final KeyColumns columns;

    UnreachedRows(Connection connection, KeyColumns columns) {
        this.connection = connection;
        this.columns = columns;
    }

    /** Returns those of the rows that hold data of a person in this place and that the map does not reach. */
    RowIds unreached(Place place, RowIds rows, SubjectRows reach) throws SQLException {
        Table table = place.table();
        SqlFragment reached = reached(table, place.column(), place.kind() == TermKind.KEY, reach);
        if (reached.sql().equals("FALSE")) {
            return rows;
        }
        RowIds unreached = new RowIds();
        for (SqlFragment batch : rows.conditions()) {
            SqlFragment select = SqlTemplate.of("""
                            SELECT tableoid::pg_catalog.int8, ctid::pg_catalog.text FROM {table}
                            WHERE {batch} AND ({reached}) IS NOT TRUE""")
                    .fragment("table", table.name().quoted())
                    .fragment("batch", batch)
                    .fragment("reached", reached)
                    .toFragment();
            SqlRunner.forEach(connection, select, 0, row -> unreached.add(row.getLong(1), row.getString(2)));
        }
        return unreached;
    }

    /** True for rows that go, whose column is overwritten, or that keep it on purpose. */
    private SqlFragment reached(Table table, Column column, boolean key, SubjectRows reach) {
        List<PlannedRole> roles = columns.reaching(table);
        List<PlannedRole> answered = roles.stream()
                .filter(r -> !r.deletes() && (overwrites(r, column) || RetainedRows.keeps(r, column, key)))
                .toList();
        List<SqlFragment> reached = List.of(
                reach.matchesAnyBut(
                        roles.stream().filter(PlannedRole::deletes).toList(),
                        roles.stream().filter(PlannedRole::keptByLaw).toList()),
                reach.matchesAny(answered));
        List<SqlFragment> some =
                reached.stream().filter(r -> !r.sql().equals("FALSE")).toList();
        return some.isEmpty() ? SqlFragment.of("FALSE") : SqlFragment.anyOf(some);
    }

    private static boolean overwrites(PlannedRole role, Column column) {
        return role.assignments().stream().anyMatch(a -> a.column().equals(column));
    }

    /**
     * Whether the column says something about the person whose row it stands in: each row of the table is one person's by the map, and
     * no person has two. Two people may have the same address there.
     */
    boolean describePeople(Table table, Column column) {
        return (ColumnHeuristics.personal(column)
                        || ADDRESSES.contains(column.type().baseName()))
                && columns.reaching(table).stream().anyMatch(r -> isOneForEach(table, r));
    }

    private static boolean isOneForEach(Table table, PlannedRole role) {
        List<String> link = role.on().stream().map(Column::name).toList();
        return role.source() instanceof KeySource.SubjectKeyValues
                && table.indexes().stream()
                        .anyMatch(i -> i.uniqueForAll() && i.columns().equals(link));
    }

    /** By its primary key a row is known again after it was updated. */
    List<String> keys(Table table, RowIds rows) throws SQLException {
        if (table.primaryKey().size() != 1) {
            return List.of();
        }
        List<String> keys = new ArrayList<>();
        for (SqlFragment batch : rows.conditions(UnreachedRecheck.MOST)) {
            SqlFragment select = SqlTemplate.of("SELECT {key}::pg_catalog.text FROM {table} WHERE {batch}")
                    .identifier("key", table.primaryKey().get(0))
                    .fragment("table", table.name().quoted())
                    .fragment("batch", batch)
                    .toFragment();
            keys.addAll(SqlRunner.list(connection, select, row -> row.getString(1)));
        }
        return keys;
    }

    /** Whether the column holds the key of a person, and nothing else, in some of the rows. */
    boolean link(Place place, RowIds rows, SubjectKey person) throws SQLException {
        if (place.kind() != TermKind.KEY || place.column().type().isArray() || !columns.hasTypeOfKey(place.column())) {
            return false;
        }
        for (SqlFragment batch : rows.conditions()) {
            SqlFragment select = SqlTemplate.of("""
                            SELECT 1 FROM {table}
                            WHERE {batch} AND {column}::pg_catalog.text OPERATOR(pg_catalog.=) :key LIMIT 1""")
                    .fragment("table", place.table().name().quoted())
                    .fragment("batch", batch)
                    .identifier("column", place.column().name())
                    .bind("key", person.parts().get(0))
                    .toFragment();
            if (!SqlRunner.list(connection, select, row -> row.getInt(1)).isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
