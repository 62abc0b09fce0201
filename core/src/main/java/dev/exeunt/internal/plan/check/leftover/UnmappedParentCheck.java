package dev.exeunt.internal.plan.check.leftover;

import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.rule.UnnamedColumns;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.TableNameFormatter;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Warns of tables that rows of the person refer to, whose columns read like data about a person, and that the map does not
 * mention: an address to which an order was sent.
 */
public final class UnmappedParentCheck {

    private UnmappedParentCheck() {}

    /** @param found before: what another finding says of a table is not said again */
    public static List<Finding> check(BoundMap bound, List<Finding> found) {
        Set<String> said = new HashSet<>();
        found.stream()
                .filter(f -> f.code() == FindingCode.UNMAPPED_TABLE || f.code() == FindingCode.LEFT_BEHIND)
                .forEach(f -> said.add(f.what()));
        Map<TableName, List<ParentReference>> references = new LinkedHashMap<>();
        for (PlannedTable table : bound.tablesWithInheriting()) {
            for (PlannedRole role : table.exported().stream().limit(1).toList()) {
                for (ForeignKey key : table.table().foreignKeys()) {
                    if (!mentioned(bound, key.parent())
                            && !said.contains(key.parent().toString())) {
                        references
                                .computeIfAbsent(key.parent(), p -> new ArrayList<>())
                                .add(new ParentReference(role, key));
                    }
                }
            }
        }
        List<Finding> findings = new ArrayList<>();
        references.forEach((parent, of) -> bound.schema().table(parent).ifPresent(table -> {
            List<String> telling = telling(table);
            if (!telling.isEmpty()) {
                findings.add(finding(bound, table, telling, of));
            }
        }));
        return findings;
    }

    /** A foreign key of a role's rows, which belong to the person as the export shows. */
    private record ParentReference(PlannedRole role, ForeignKey key) {}

    private static boolean mentioned(BoundMap bound, TableName parent) {
        return parent.equals(bound.subject().table().name())
                || bound.ancestry().withAncestors(parent).stream()
                        .anyMatch(t -> bound.planned(t).isPresent()
                                || bound.notPersonal().contains(t));
    }

    private static List<String> telling(Table table) {
        return UnnamedColumns.inTable(table).stream()
                .filter(ColumnHeuristics::tellsOfPerson)
                .map(Column::name)
                .toList();
    }

    private static Finding finding(BoundMap bound, Table parent, List<String> telling, List<ParentReference> of) {
        ParentReference first = of.get(0);
        String keys = of.stream().map(r -> r.key().toString()).distinct().collect(Collectors.joining("; "));
        String table = YamlFormatter.scalar(new TableNameFormatter(bound.schema()).text(parent.name()));
        String through = YamlFormatter.scalar(
                new TableNameFormatter(bound.schema()).text(first.role().table().name()));
        String by = first.key().columns().size() == 1
                ? YamlFormatter.scalar(first.key().columns().get(0))
                : first.key().columns().stream().map(YamlFormatter::scalar).collect(Collectors.joining(", ", "[", "]"));
        return FindingCode.POINTS_AWAY.finding(
                first.role().at(),
                parent.name().toString(),
                "rows of the person refer to " + parent.name() + " (" + keys + "), where "
                        + String.join(", ", telling) + (telling.size() == 1 ? " reads" : " read")
                        + " like data about a person, and the map does not mention the table.",
                "under tables, " + table + ": { through: " + through + ", by: " + by
                        + ", erase: … }, once you know who else refers to its rows; under not-personal: why "
                        + parent.name() + " holds no personal data; or accept: { points-away: { " + parent.name()
                        + ": what erases it } }");
    }
}
