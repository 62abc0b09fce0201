package dev.exeunt.internal.schema.catalog;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Index;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.Trigger;
import dev.exeunt.internal.schema.WriteHazard;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the rows of PostgreSQL's catalogue once and assembles them into tables, sorted by name, with columns in their order. */
final class CatalogSnapshot {

    private final Map<Long, CatalogTableRow> tables;
    private final Map<Long, List<Column>> columns;
    private final Map<Long, List<CatalogIndexPart>> indexParts;
    private final Map<Long, List<CatalogForeignKeyRow>> foreignKeys;
    private final Map<Long, List<Trigger>> triggers;
    private final Map<Long, List<WriteHazard>> circumstances;

    private CatalogSnapshot(Connection connection) throws SQLException {
        CatalogColumnReader types = CatalogColumnReader.read(connection);
        tables = SqlRunner.list(connection, CatalogQueries.TABLES, CatalogTableRow::of).stream()
                .collect(toMap(CatalogTableRow::oid, t -> t));
        columns = byTable(
                SqlRunner.list(connection, CatalogQueries.COLUMNS, row -> TablePart.of(row, types.column(row))));
        indexParts = byTable(
                SqlRunner.list(connection, CatalogQueries.INDEXES, row -> TablePart.of(row, CatalogIndexPart.of(row))));
        foreignKeys = SqlRunner.list(connection, CatalogQueries.FOREIGN_KEYS, CatalogForeignKeyRow::of).stream()
                .collect(groupingBy(CatalogForeignKeyRow::child));
        triggers = byTable(SqlRunner.list(connection, CatalogQueries.TRIGGERS, row -> TablePart.of(row, trigger(row))));
        circumstances = byTable(
                SqlRunner.list(connection, CatalogQueries.CIRCUMSTANCES, row -> TablePart.of(row, circumstance(row))));
    }

    static CatalogSnapshot read(Connection connection) throws SQLException {
        return new CatalogSnapshot(connection);
    }

    List<Table> tables() {
        return tables.values().stream()
                .map(this::table)
                .sorted(Comparator.comparing(Table::name))
                .toList();
    }

    private Table table(CatalogTableRow row) {
        return new Table(
                row.name(),
                row.kind(),
                columns.getOrDefault(row.oid(), List.of()),
                indexes(row.oid()),
                foreignKeys(row.oid()),
                sorted(triggers.getOrDefault(row.oid(), List.of()), Comparator.comparing(Trigger::name)),
                sorted(
                        circumstances.getOrDefault(row.oid(), List.of()),
                        Comparator.comparing(WriteHazard::kind).thenComparing(WriteHazard::name)),
                row.rights(),
                row.parents().stream()
                        .flatMap(parent -> Stream.ofNullable(tables.get(parent)))
                        .map(CatalogTableRow::name)
                        .toList(),
                row.estimatedRows());
    }

    private List<Index> indexes(Long table) {
        Collection<List<CatalogIndexPart>> parts = indexParts.getOrDefault(table, List.of()).stream()
                .collect(groupingBy(CatalogIndexPart::index))
                .values();
        return sorted(parts.stream().map(CatalogIndexPart::toIndex).toList(), Comparator.comparing(Index::name));
    }

    private List<ForeignKey> foreignKeys(Long child) {
        List<ForeignKey> keys = new ArrayList<>();
        for (CatalogForeignKeyRow row : foreignKeys.getOrDefault(child, List.of())) {
            CatalogTableRow parent = tables.get(row.parent());
            CatalogTableRow own = tables.get(child);
            if (parent != null && own != null) {
                keys.add(row.toForeignKey(own.name(), parent.name()));
            }
        }
        return sorted(keys, Comparator.comparing(ForeignKey::name).thenComparing(ForeignKey::toString));
    }

    private static Trigger trigger(ResultSet row) throws SQLException {
        return new Trigger(
                row.getString("name"),
                Trigger.TriggerKind.valueOf(row.getString("kind")),
                row.getBoolean("on_delete"),
                row.getBoolean("on_update"),
                row.getBoolean("enabled"),
                row.getString("unlinks"));
    }

    private static WriteHazard circumstance(ResultSet row) throws SQLException {
        return new WriteHazard(
                WriteHazard.WriteHazardKind.valueOf(row.getString("kind")),
                row.getString("name"),
                SqlRunner.texts(row, "columns"));
    }

    private static <T> Map<Long, List<T>> byTable(List<TablePart<T>> rows) {
        return rows.stream().collect(groupingBy(TablePart::table, mapping(TablePart::part, toList())));
    }

    private static <T> List<T> sorted(List<T> list, Comparator<T> order) {
        return list.stream().sorted(order).toList();
    }

    /** Holds a column, index part, trigger or write hazard with the oid of its table. */
    private record TablePart<T>(Long table, T part) {

        static <T> TablePart<T> of(ResultSet row, T part) throws SQLException {
            return new TablePart<>(row.getLong("oid"), part);
        }
    }
}
