package dev.exeunt.internal.plan.check.leftover;

import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ConnectionTraces;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Warns of tables that the map does not mention and whose columns read like IP addresses or sessions of people. No row is needed
 * for that.
 */
public final class UnreachedTraceCheck {

    private UnreachedTraceCheck() {}

    /** @param found before: of a table of which another finding speaks nothing is said */
    public static List<Finding> check(BoundMap bound, List<Finding> found) {
        List<Finding> findings = new ArrayList<>();
        Set<String> spokenOf = new HashSet<>();
        found.forEach(f -> addNames(f.what(), spokenOf));
        for (Table table : bound.schema().tables()) {
            String name = table.name().toString();
            List<Column> traces =
                    spokenOf.contains(name) || mentioned(bound, table) ? List.of() : ConnectionTraces.in(table);
            if (!traces.isEmpty()) {
                findings.add(finding(bound, name, traces));
            }
        }
        return findings;
    }

    /** Adds what a finding names, and each part of it before a dot: of {@code audit.logins.ip} also its table and schema. */
    private static void addNames(String what, Set<String> names) {
        names.add(what);
        for (int dot = what.indexOf('.'); dot >= 0; dot = what.indexOf('.', dot + 1)) {
            names.add(what.substring(0, dot));
        }
    }

    private static boolean mentioned(BoundMap bound, Table table) {
        return table.name().equals(bound.subject().table().name())
                || bound.ancestry().withAncestors(table.name()).stream()
                        .anyMatch(t -> bound.planned(t).isPresent()
                                || bound.notPersonal().contains(t));
    }

    private static Finding finding(BoundMap bound, String table, List<Column> traces) {
        String columns = traces.stream().map(Column::name).collect(Collectors.joining(", "));
        return FindingCode.UNNAMED_CONTENT.finding(
                bound.map().subject().table().at(),
                table,
                "in " + table + ", " + columns + (traces.size() == 1 ? " reads" : " read")
                        + " like IP addresses or sessions of people, and the map does not name the table.",
                "map the table by a link that says whose its rows are; under not-personal: why " + table
                        + " holds no personal data; or accept: { unnamed-content: { " + YamlFormatter.scalar(table)
                        + ": why it may stay } }");
    }
}
