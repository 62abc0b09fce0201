package dev.exeunt.internal.sample;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MapDefinition.NonPersonalTable;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.Finding.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tells what the map says of a table and its columns. */
final class MapCoverage {

    private final BoundMap bound;
    private final Map<TableName, PlannedTable> planned = new HashMap<>();

    MapCoverage(BoundMap bound) {
        this.bound = bound;
        bound.tablesWithInheriting().forEach(t -> planned.putIfAbsent(t.name(), t));
    }

    /** Says in which way a map speaks of a table. */
    enum Mention {
        MAPPED,
        NOT_PERSONAL,
        UNMAPPED
    }

    Mention of(Table table) {
        if (planned.containsKey(table.name())) {
            return Mention.MAPPED;
        }
        return bound.notPersonal().contains(table.name()) ? Mention.NOT_PERSONAL : Mention.UNMAPPED;
    }

    Optional<PlannedTable> planned(Table table) {
        return bound.planned(table.name());
    }

    /** The table's entry; the subject's where it has none. */
    Position position(Table table) {
        return bound.mapEntry(table.name())
                .map(e -> e.table().at())
                .or(() -> notPersonal(table))
                .orElse(bound.map().subject().table().at());
    }

    private Optional<Position> notPersonal(Table table) {
        return bound.map().notPersonal().stream()
                .map(NonPersonalTable::table)
                .filter(t -> bound.schema().resolve(t).map(Table::name).equals(Optional.of(table.name())))
                .map(t -> t.at())
                .findFirst();
    }

    /**
     * Whether a link goes by the column, or a foreign key that leads to another table; of a foreign key to the subject {@code check}
     * tells without any row, unless the map says that the table is not personal.
     */
    boolean isLinked(Table table, Column column) {
        boolean link = Optional.ofNullable(planned.get(table.name())).stream()
                .flatMap(t -> t.roles().stream())
                .anyMatch(r -> r.on().stream().anyMatch(c -> c.name().equals(column.name())));
        return link
                || table.foreignKeys().stream()
                        .filter(f -> of(table) != Mention.NOT_PERSONAL
                                || !f.parent().equals(bound.subject().table().name()))
                        .map(ForeignKey::columns)
                        .anyMatch(c -> c.contains(column.name()));
    }

    /** Whether the map says what becomes of the column: it is deleted with its rows, overwritten, kept on purpose or left out of the export. */
    boolean isNamed(Table table, Column column) {
        return Optional.ofNullable(planned.get(table.name())).stream()
                .flatMap(t -> t.roles().stream())
                .anyMatch(r -> r.deletes() || names(r, column.name()));
    }

    private static boolean names(PlannedRole role, String column) {
        return role.on().stream().anyMatch(c -> c.name().equals(column))
                || role.assignments().stream().anyMatch(a -> a.column().name().equals(column))
                || role.fate().retain().stream().map(LocatedText::text).anyMatch(column::equals)
                || role.export().withheld().contains(column);
    }
}
