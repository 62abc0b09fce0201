package dev.exeunt.internal.verify;

import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.erase.Residue.UnjudgedPlace;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.verify.KeySearch.ColumnSearch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks through tables for keys and values, one statement for each table. */
final class TableScan {

    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8", "_int2", "_int4", "_int8");
    /** A key with fewer digits may be any other number. */
    private static final int TELLING_DIGITS = 6;

    private final Connection connection;
    private final KeySearch search;
    private final SubjectRows reach;
    private final KeyLikeColumns keyLike;
    private final List<ResiduePlace> places = new ArrayList<>();
    private final List<UnjudgedPlace> unjudged = new ArrayList<>();

    /** @param reach the rows that links lead to, with what the map keeps of them */
    TableScan(Connection connection, KeySearch search, SubjectRows reach) {
        this.connection = connection;
        this.search = search;
        this.reach = reach;
        this.keyLike = new KeyLikeColumns(connection, reach.plan().subject());
    }

    List<ResiduePlace> places() {
        return places;
    }

    List<UnjudgedPlace> unjudged() {
        return unjudged;
    }

    void scan(Table table) throws SQLException {
        List<ColumnSearch> searches = search.of(table);
        List<Column> unnamed = unnamedIntegers(table, searches);
        List<Column> candidates = unnamed.stream()
                .filter(c -> KeyLikeColumns.isCandidate(table, c))
                .toList();
        List<Column> sampled = keyLike.find(table, candidates);
        List<ColumnSearch> all = new ArrayList<>(searches);
        sampled.forEach(column -> all.add(search.ofSample(column)));
        count(table, all, searches.size());
        String rest = unnamed.stream()
                .filter(c -> !sampled.contains(c))
                .map(Column::name)
                .collect(Collectors.joining(", "));
        if (!rest.isEmpty()) {
            unjudged.add(new UnjudgedPlace(
                    table.name().toString(), rest, 0, "numbers that no name, foreign key or value says to be keys"));
        }
    }

    /** Where the key is a number: the integer columns that are not searched for it. */
    private List<Column> unnamedIntegers(Table table, List<ColumnSearch> searches) {
        boolean numbers = !search.keys().isEmpty()
                && reach.plan().subject().key().get(0).type().category() == 'N';
        Set<Column> searched = searches.stream().map(ColumnSearch::column).collect(Collectors.toSet());
        return table.columns().stream()
                .filter(c -> numbers && INTEGERS.contains(c.type().baseName()))
                .filter(c -> !searched.contains(c) && !search.columns().isLink(table, c) && !refersElsewhere(table, c))
                .toList();
    }

    private static boolean refersElsewhere(Table table, Column column) {
        return table.primaryKey().equals(List.of(column.name()))
                || table.foreignKeys().stream().anyMatch(f -> f.columns().contains(column.name()));
    }

    /**
     * Counts for each search the rows the map keeps as they are, and the others. The rows of a table that inherits are counted there, where
     * the roles of both tables are known.
     */
    private void count(Table table, List<ColumnSearch> searches, int certain) throws SQLException {
        if (searches.isEmpty()) {
            return;
        }
        List<SqlFragment> counts = new ArrayList<>();
        List<RetainedRows> keepings = new ArrayList<>();
        for (ColumnSearch each : searches) {
            RetainedRows keeping = RetainedRows.of(
                    reach,
                    search.columns().reaching(table),
                    each.column(),
                    each.what().equals("key"));
            keepings.add(keeping);
            counts.add(count("{found} AND ({kept})", each, keeping));
            counts.add(count("{found} AND ({kept}) IS NOT TRUE", each, keeping));
        }
        SqlFragment select = SqlTemplate.of("SELECT {counts} FROM {only}{table}")
                .fragments("counts", ", ", counts)
                .fragment("only", table.kind() == Table.RelationKind.ORDINARY ? "ONLY " : "")
                .fragment("table", table.name().quoted())
                .toFragment();
        SqlRunner.one(connection, select, row -> {
            for (int i = 0; i < searches.size(); i++) {
                ColumnSearch each = searches.get(i);
                place(table, each, row.getLong(2 * i + 1), keepings.get(i).why())
                        .ifPresent(places::add);
                long left = row.getLong(2 * i + 2);
                if (tells(table, each, i < certain)) {
                    place(table, each, left, null).ifPresent(places::add);
                } else if (left > 0) {
                    unjudged.add(new UnjudgedPlace(
                            table.name().toString(),
                            each.column().name(),
                            left,
                            "these rows hold the key, but the number may be another's"));
                }
            }
            return true;
        });
    }

    /** @param named whether a name or a foreign key says that the column holds keys */
    private boolean tells(Table table, ColumnSearch found, boolean named) {
        return !found.what().equals("key")
                || !search.columns().mayMeanAnother(table, found.column())
                        && (named || search.keys().stream().allMatch(k -> k.length() >= TELLING_DIGITS));
    }

    private static SqlFragment count(String condition, ColumnSearch search, RetainedRows keeping) {
        SqlFragment filter = SqlTemplate.of(condition)
                .fragment("found", search.condition())
                .fragment("kept", keeping.rows())
                .toFragment();
        return SqlTemplate.of("pg_catalog.count(*) FILTER (WHERE {filter})")
                .fragment("filter", filter)
                .toFragment();
    }

    private static Optional<ResiduePlace> place(Table table, ColumnSearch search, long rows, @Nullable String kept) {
        return rows == 0
                ? Optional.empty()
                : Optional.of(new ResiduePlace(
                        table.name().toString(), search.column().name(), search.what(), rows, kept));
    }
}
