package dev.exeunt.internal.plan.rule;

import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the columns of a role that need a rule because they may hold personal data. */
public final class UnnamedColumns {

    private UnnamedColumns() {}

    /**
     * Returns the free-form columns that neither the map nor the role's link names. A link by an identifier's value does not name its
     * column, which says by itself who the person is; only a reason to keep the rows does.
     */
    public static List<Column> of(PlannedRole role, Set<String> named) {
        boolean saysWho = role.source() instanceof KeySource.IdentifierValues
                && role.fate().keep().isEmpty();
        Set<String> links =
                saysWho ? Set.of() : role.on().stream().map(Column::name).collect(Collectors.toSet());
        return inTable(role.table()).stream()
                .filter(c -> !named.contains(c.name()) && !links.contains(c.name()))
                .toList();
    }

    /** Returns the columns that need a rule and belong to no key. The plan already deals with keys. */
    public static List<Column> inTable(Table table) {
        Set<String> structural = new HashSet<>(table.primaryKey());
        table.foreignKeys().forEach(f -> structural.addAll(f.columns()));
        return table.columns().stream()
                .filter(c -> !structural.contains(c.name()))
                .filter(UnnamedColumns::needsRule)
                .toList();
    }

    /** Returns whether a map has to say what becomes of the column: it may hold personal data, and the database does not make it. */
    public static boolean needsRule(Column column) {
        return !column.generated()
                && !column.type().isEnum()
                && (ColumnHeuristics.freeForm(column) || ColumnHeuristics.personal(column));
    }
}
