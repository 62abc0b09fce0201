package dev.exeunt.plan.proof;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows that belong to one row that goes, seen from the other side of the foreign key: {@code envelope_item.document_id},
 * unique, holds the only document. Links lead from a person's rows to what refers to them; what they refer to stays.
 */
final class LeftBehind {

    private LeftBehind() {}

    static List<Finding> of(BoundMap bound) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedTable table : bound.tables()) {
            if (table.deleting().isEmpty()) {
                continue;
            }
            table.table().foreignKeys().stream()
                    .filter(key -> bound.planned(key.parent()).isEmpty())
                    .filter(key -> !bound.notPersonal().contains(key.parent()))
                    .filter(key -> holdsAlone(table.table(), key))
                    .forEach(key -> findings.add(finding(table, key)));
        }
        return findings;
    }

    private static boolean holdsAlone(Table table, ForeignKey key) {
        Set<String> columns = new HashSet<>(key.columns());
        return table.indexes().stream().anyMatch(i -> i.uniqueForAll() && new HashSet<>(i.columns()).equals(columns));
    }

    private static Finding finding(PlannedTable table, ForeignKey key) {
        return Finding.of(
                FindingCode.LEFT_BEHIND,
                table.deleting().get(0).at(),
                key.parent().toString(),
                "each row of " + key.parent() + " belongs to one row of " + table.name() + " (" + key
                        + "); that row goes, and the" + " row of " + key.parent() + " stays.",
                Accepting.of(
                        FindingCode.LEFT_BEHIND,
                        key.parent().toString(),
                        "the application deletes what nothing refers to, every night",
                        "under not-personal: why " + key.parent() + " holds nothing of anybody"));
    }
}
