package dev.exeunt.internal.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table (ordinary, partitioned, or foreign) as the catalogue has it. Partitions are not listed on their own: they are
 * their root's. Tables of the system, of extensions and of Exeunt itself are not listed.
 *
 * @param foreignKeys outgoing
 * @param estimatedRows {@code reltuples}, or 0 where never analysed
 * @param inheritanceParents other than by partitioning
 */
public record Table(
        TableName name,
        RelationKind kind,
        List<Column> columns,
        List<Index> indexes,
        List<ForeignKey> foreignKeys,
        List<Trigger> triggers,
        List<WriteHazard> circumstances,
        TablePrivileges rights,
        List<TableName> inheritanceParents,
        long estimatedRows) {

    public Table {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
        triggers = List.copyOf(triggers);
        circumstances = List.copyOf(circumstances);
        inheritanceParents = List.copyOf(inheritanceParents);
    }

    /** The same table with these foreign keys. */
    public Table withForeignKeys(List<ForeignKey> keys) {
        return new Table(
                name, kind, columns, indexes, keys, triggers, circumstances, rights, inheritanceParents, estimatedRows);
    }

    /** Says whether a table is ordinary, partitioned or foreign. */
    public enum RelationKind {
        ORDINARY,
        PARTITIONED,
        FOREIGN
    }

    public Optional<Column> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    /** For columns known to exist, e.g. because a key or an index names them. */
    public Column require(String columnName) {
        return column(columnName)
                .orElseThrow(() -> new IllegalArgumentException("no column " + columnName + " in " + name));
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).collect(Collectors.toList());
    }

    /** The primary key's columns in order, or none. */
    public List<String> primaryKey() {
        return indexes.stream()
                .filter(Index::primary)
                .findFirst()
                .map(Index::columns)
                .orElse(List.of());
    }
}
