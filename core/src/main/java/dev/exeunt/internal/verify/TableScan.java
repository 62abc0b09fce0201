package dev.exeunt.internal.verify;

import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.erase.Residue.UnjudgedPlace;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.scan.KeyLikeColumns;
import dev.exeunt.internal.scan.PersonTerms;
import dev.exeunt.internal.scan.TableHits;
import dev.exeunt.internal.scan.TableHits.ColumnHits;
import dev.exeunt.internal.scan.TableScanner;
import dev.exeunt.internal.scan.TermKind;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks through tables for keys and values, and tells the rows that the map keeps from the others. */
final class TableScan {

    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8", "_int2", "_int4", "_int8");

    private final Connection connection;
    private final PersonTerms terms;
    private final TableScanner scanner;
    private final SubjectRows reach;
    private final KeyLikeColumns keyLike;
    private final List<ResiduePlace> places = new ArrayList<>();
    private final List<UnjudgedPlace> unjudged = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    /** @param reach the rows that links lead to, with what the map keeps of them */
    TableScan(TableScanner scanner, Connection connection, PersonTerms terms, SubjectRows reach) {
        this.scanner = scanner;
        this.connection = connection;
        this.terms = terms;
        this.reach = reach;
        this.keyLike = new KeyLikeColumns(connection, reach.plan().subject());
    }

    List<ResiduePlace> places() {
        return places;
    }

    List<UnjudgedPlace> unjudged() {
        return unjudged;
    }

    List<String> unreadable() {
        return unreadable;
    }

    void scan(Table table) throws SQLException {
        List<Column> links = terms.columns().links(table);
        List<Column> unnamed = unnamedIntegers(table, links);
        List<Column> candidates = unnamed.stream()
                .filter(c ->
                        KeyLikeColumns.isCandidate(table, c) && !terms.columns().saysOtherTable(table, c))
                .toList();
        List<Column> sampled = keyLike.find(table, candidates);
        TableHits hits = scanner.scan(table, links, sampled);
        hits.readInPart(table).ifPresent(unreadable::add);
        for (ColumnHits each : hits.columns()) {
            count(table, each, !sampled.contains(each.column()));
        }
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
    private List<Column> unnamedIntegers(Table table, List<Column> links) {
        boolean numbers = !terms.keys().isEmpty()
                && reach.plan().subject().key().get(0).type().category() == 'N';
        return table.columns().stream()
                .filter(c -> numbers && INTEGERS.contains(c.type().baseName()))
                .filter(c -> !links.contains(c) && !scanner.looksThrough(table, c) && !refersElsewhere(table, c))
                .toList();
    }

    private static boolean refersElsewhere(Table table, Column column) {
        return table.primaryKey().equals(List.of(column.name()))
                || table.foreignKeys().stream().anyMatch(f -> f.columns().contains(column.name()));
    }

    /** Tells the rows that the map keeps as they are from the others. */
    private void count(Table table, ColumnHits hits, boolean certain) throws SQLException {
        boolean key = hits.kind() == TermKind.KEY;
        RetainedRows keeping = RetainedRows.of(reach, terms.columns().reaching(table), hits.column(), key);
        if (keeping.why() != null && !hits.rows().complete()) {
            unjudged.add(new UnjudgedPlace(
                    table.name().toString(),
                    hits.column().name(),
                    hits.rows().count(),
                    "these rows hold the " + hits.kind() + ", but it could not be told which of them the map keeps"));
            return;
        }
        long kept = keeping.why() == null ? 0 : kept(table, hits, keeping.rows());
        place(table, hits, kept, keeping.why()).ifPresent(places::add);
        long left = hits.rows().count() - kept;
        if (terms.tells(table, hits.column(), hits.kind(), certain)) {
            place(table, hits, left, null).ifPresent(places::add);
        } else if (left > 0) {
            unjudged.add(new UnjudgedPlace(
                    table.name().toString(),
                    hits.column().name(),
                    left,
                    "these rows hold the key, but the number may be another's"));
        }
    }

    private long kept(Table table, ColumnHits hits, SqlFragment kept) throws SQLException {
        long rows = 0;
        for (SqlFragment found : hits.rows().conditions()) {
            rows += SqlRunner.count(
                    connection,
                    SqlTemplate.of("SELECT pg_catalog.count(*) FROM {table} WHERE {found} AND ({kept})")
                            .fragment("table", table.name().quoted())
                            .fragment("found", found)
                            .fragment("kept", kept)
                            .toFragment());
        }
        return rows;
    }

    private static Optional<ResiduePlace> place(Table table, ColumnHits hits, long rows, @Nullable String kept) {
        return rows == 0
                ? Optional.empty()
                : Optional.of(new ResiduePlace(
                        table.name().toString(),
                        hits.column().name(),
                        hits.kind().toString(),
                        rows,
                        kept));
    }
}
