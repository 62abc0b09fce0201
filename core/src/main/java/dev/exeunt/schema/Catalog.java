package dev.exeunt.schema;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The catalogue's rows, put together by the tables' oids. What is listed is sorted by name, columns stand in their order. */
final class Catalog {

    private final Map<Long, TableRow> tables;
    private final Map<Long, List<Column>> columns;
    private final Map<Long, List<IndexPart>> indexParts;
    private final Map<Long, List<ForeignKeyRow>> foreignKeys;
    private final Map<Long, List<Trigger>> triggers;
    private final Map<Long, List<Circumstance>> circumstances;

    private Catalog(Connection connection) throws SQLException {
        Types types = Types.read(connection);
        tables = SchemaReader.query(connection, CatalogQueries.TABLES, TableRow::of).stream()
                .collect(toMap(TableRow::oid, t -> t));
        columns = byTable(
                SchemaReader.query(connection, CatalogQueries.COLUMNS, row -> Owned.of(row, types.column(row))));
        indexParts = byTable(
                SchemaReader.query(connection, CatalogQueries.INDEXES, row -> Owned.of(row, IndexPart.of(row))));
        foreignKeys = SchemaReader.query(connection, CatalogQueries.FOREIGN_KEYS, ForeignKeyRow::of).stream()
                .collect(groupingBy(ForeignKeyRow::child));
        triggers = byTable(SchemaReader.query(connection, CatalogQueries.TRIGGERS, row -> Owned.of(row, trigger(row))));
        circumstances = byTable(
                SchemaReader.query(connection, CatalogQueries.CIRCUMSTANCES, row -> Owned.of(row, circumstance(row))));
    }

    static Catalog read(Connection connection) throws SQLException {
        return new Catalog(connection);
    }

    List<Table> tables() {
        return tables.values().stream()
                .map(this::table)
                .sorted(Comparator.comparing(Table::name))
                .toList();
    }

    private Table table(TableRow row) {
        return new Table(
                row.name(),
                row.kind(),
                columns.getOrDefault(row.oid(), List.of()),
                indexes(row.oid()),
                foreignKeys(row.oid()),
                sorted(triggers.getOrDefault(row.oid(), List.of()), Comparator.comparing(Trigger::name)),
                sorted(
                        circumstances.getOrDefault(row.oid(), List.of()),
                        Comparator.comparing(Circumstance::kind).thenComparing(Circumstance::name)),
                row.rights(),
                row.parents().stream()
                        .flatMap(parent -> Stream.ofNullable(tables.get(parent)))
                        .map(TableRow::name)
                        .toList(),
                row.estimatedRows());
    }

    private List<Index> indexes(Long table) {
        Collection<List<IndexPart>> parts = indexParts.getOrDefault(table, List.of()).stream()
                .collect(groupingBy(IndexPart::index))
                .values();
        return sorted(parts.stream().map(IndexPart::together).toList(), Comparator.comparing(Index::name));
    }

    private List<ForeignKey> foreignKeys(Long child) {
        List<ForeignKey> keys = new ArrayList<>();
        for (ForeignKeyRow row : foreignKeys.getOrDefault(child, List.of())) {
            TableRow parent = tables.get(row.parent());
            TableRow own = tables.get(child);
            if (parent != null && own != null) {
                keys.add(row.between(own.name(), parent.name()));
            }
        }
        return sorted(keys, Comparator.comparing(ForeignKey::name).thenComparing(ForeignKey::toString));
    }

    private static Trigger trigger(ResultSet row) throws SQLException {
        return new Trigger(
                row.getString("name"),
                Trigger.Kind.valueOf(row.getString("kind")),
                row.getBoolean("on_delete"),
                row.getBoolean("on_update"),
                row.getBoolean("enabled"));
    }

    private static Circumstance circumstance(ResultSet row) throws SQLException {
        return new Circumstance(
                Circumstance.Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                SchemaReader.strings(row, "columns"));
    }

    private static <T> Map<Long, List<T>> byTable(List<Owned<T>> rows) {
        return rows.stream().collect(groupingBy(Owned::table, mapping(Owned::part, toList())));
    }

    private static <T> List<T> sorted(List<T> list, Comparator<T> order) {
        return list.stream().sorted(order).toList();
    }

    /** A part of the table with this oid. */
    private record Owned<T>(Long table, T part) {

        static <T> Owned<T> of(ResultSet row, T part) throws SQLException {
            return new Owned<>(row.getLong("oid"), part);
        }
    }
}
