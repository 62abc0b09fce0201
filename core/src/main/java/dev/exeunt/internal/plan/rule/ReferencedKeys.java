package dev.exeunt.internal.plan.rule;

import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.TableInheritance;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Follows foreign keys from column to column, to tell whose keys a column holds. */
public final class ReferencedKeys {

    private final Map<TableName, Table> tables;
    private final TableInheritance inheritance;
    private final PlannedSubject subject;
    /** The key of the people, and the columns that it refers to itself: each holds the same keys. */
    private final Set<KeyColumn> peoplesKeys = new LinkedHashSet<>();

    /** Names a column of a table. */
    private record KeyColumn(TableName table, String name) {}

    public ReferencedKeys(DatabaseSchema schema, PlannedSubject subject) {
        this.tables = schema.byName();
        this.inheritance = new TableInheritance(schema);
        this.subject = subject;
        subject.key().forEach(k -> follow(new KeyColumn(subject.table().name(), k.name()), peoplesKeys));
    }

    /** Whether a foreign key says whose keys the column holds. */
    public boolean areDeclared(Table table, Column column) {
        return table.foreignKeys().stream().anyMatch(f -> f.columns().contains(column.name()));
    }

    /** Whether one of the column's foreign keys leads to the key of the people, be it over other tables. */
    public boolean leadToPeople(Table table, Column column) {
        return leadToPeople(new KeyColumn(table.name(), column.name()));
    }

    /** Whether the rows of a table are people, or have the key of a person for their own. */
    public boolean keepPeople(Table table) {
        return inheritance.withAncestors(table.name()).contains(subject.table().name())
                || table.primaryKey().size() == 1
                        && leadToPeople(
                                new KeyColumn(table.name(), table.primaryKey().get(0)));
    }

    private boolean leadToPeople(KeyColumn column) {
        Set<KeyColumn> reached = new LinkedHashSet<>();
        follow(column, reached);
        return reached.stream().anyMatch(this::isPeoplesKey);
    }

    private boolean isPeoplesKey(KeyColumn column) {
        return inheritance.withAncestors(column.table()).stream()
                .anyMatch(t -> peoplesKeys.contains(new KeyColumn(t, column.name())));
    }

    /** Adds the column and all that its foreign keys lead to. */
    private void follow(KeyColumn column, Set<KeyColumn> reached) {
        Table table = tables.get(column.table());
        if (!reached.add(column) || table == null) {
            return;
        }
        table.foreignKeys().stream()
                .filter(f -> f.columns().contains(column.name()))
                .forEach(f -> follow(
                        new KeyColumn(
                                f.parent(), f.parentColumns().get(f.columns().indexOf(column.name()))),
                        reached));
    }
}
