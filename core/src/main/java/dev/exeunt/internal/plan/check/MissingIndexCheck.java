package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.rule.FixedColumns;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.IdentifierUniqueness;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.Finding;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Warns of links, foreign keys and names of files that the database could only look up by scanning the whole table. */
public final class MissingIndexCheck {

    private final Map<String, Finding> findings = new LinkedHashMap<>();

    private MissingIndexCheck() {}

    public static List<Finding> check(BoundMap bound) {
        MissingIndexCheck indexes = new MissingIndexCheck();
        for (PlannedRole role : bound.roles()) {
            if (role.source() instanceof KeySource.IdentifierValues) {
                indexes.byValue(role);
            } else {
                indexes.byLink(role);
            }
        }
        for (PlannedTable parent : bound.tables()) {
            if (parent.deleting().isEmpty()) {
                continue;
            }
            for (ForeignKey key : bound.referringTo(parent.table())) {
                bound.schema().table(key.child()).ifPresent(c -> indexes.byForeignKey(key, c, parent));
            }
        }
        for (PlannedTable table : bound.tables()) {
            table.files().forEach(file -> indexes.byFile(table, file.column()));
        }
        return new ArrayList<>(indexes.findings.values());
    }

    private void byLink(PlannedRole role) {
        List<String> columns = role.on().stream().map(Column::name).toList();
        if (!isIndexed(role.table(), columns, where(role))) {
            report(role.table(), role.at(), "the link " + role.id(), WantedIndex.on(columns));
        }
    }

    private void byForeignKey(ForeignKey key, Table child, PlannedTable parent) {
        if (!isIndexed(child, key.columns(), FixedColumns.of(null))) {
            Position at = parent.deleting().get(0).at();
            String what = "the foreign key " + key.name() + ", which deleting " + parent.name() + " must check,";
            report(child, at, what, WantedIndex.on(key.columns()));
        }
    }

    /** Before a file is deleted, all rows are looked for that name it. */
    private void byFile(PlannedTable planned, Column column) {
        Table table = planned.table();
        List<String> columns = List.of(column.name());
        boolean list = column.type().isArray();
        boolean indexed = list
                ? table.indexes().stream()
                        .anyMatch(i -> i.findsElements()
                                && i.columns().containsAll(columns)
                                && FixedColumns.of(null).holds(FixedColumns.of(i.predicate()), columns))
                : isIndexed(table, columns, FixedColumns.of(null));
        if (!indexed && table.kind() != Table.RelationKind.FOREIGN) {
            WantedIndex wanted = WantedIndex.on(columns);
            String what = "the column " + column.name() + ", whose values name files,";
            planned.roles().stream()
                    .findFirst()
                    .ifPresent(role -> report(table, role.at(), what, list ? wanted.using("gin") : wanted));
        }
    }

    /** An index may begin with columns that the condition fixes; a partial one may leave out rows that it excludes. */
    private static boolean isIndexed(Table table, List<String> columns, FixedColumns condition) {
        return table.indexes().stream().anyMatch(i -> condition.serve(i, columns));
    }

    private static FixedColumns where(PlannedRole role) {
        LocatedText where = role.where();
        return FixedColumns.of(where == null ? null : where.text());
    }

    private void byValue(PlannedRole role) {
        Column column = role.on().get(0);
        boolean indexed = role.table().indexes().stream()
                .filter(i -> i.usable() && where(role).holds(FixedColumns.of(i.predicate()), List.of(column.name())))
                .anyMatch(i -> i.expressions().stream().anyMatch(e -> IdentifierUniqueness.isLower(e, column)));
        if (!indexed) {
            String expression = "(lower(" + SqlQuoting.identifier(column.name()) + "::text))";
            report(role.table(), role.at(), "the link " + role.id(), new WantedIndex(column.name(), expression));
        }
    }

    /**
     * Holds an index that is missing.
     *
     * @param columns as {@code accept} names them
     * @param key as {@code CREATE INDEX} takes it behind the table
     */
    private record WantedIndex(String columns, String key) {

        static WantedIndex on(List<String> columns) {
            return new WantedIndex(String.join(", ", columns), "(" + SqlQuoting.identifiers(columns) + ")");
        }

        WantedIndex using(String method) {
            return new WantedIndex(columns, "USING " + method + " " + key);
        }
    }

    private void report(Table table, Position at, String what, WantedIndex index) {
        String about = table.name() + "." + index.columns();
        findings.putIfAbsent(
                about,
                FindingCode.UNINDEXED.finding(
                        at,
                        about,
                        what + " has no index to be looked up by: each erasure reads all of " + table.name() + ".",
                        SuggestedFix.sql(
                                "CREATE INDEX "
                                        + (table.kind() == Table.RelationKind.PARTITIONED ? "" : "CONCURRENTLY ")
                                        + "ON " + table.name().quoted() + " " + index.key() + ";",
                                "accept: { unindexed: { " + YamlFormatter.scalar(about) + ": a small table } }")));
    }
}
