package dev.exeunt.internal.plan.check.leftover;

import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableNameFormatter;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Warns of rows that only one deleted row refers to, and that would stay without an owner. Without a link {@code by}
 * the column that row stays.
 */
public final class OrphanedRowCheck {

    private OrphanedRowCheck() {}

    public static List<Finding> check(BoundMap bound) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedTable table : bound.tables()) {
            if (table.deleting().isEmpty()) {
                continue;
            }
            table.table().foreignKeys().stream()
                    .filter(key -> !linked(bound, key))
                    .filter(key -> !bound.notPersonal().contains(key.parent()))
                    .filter(key -> holdsAlone(table.table(), key))
                    .forEach(key -> findings.add(finding(bound, table, key)));
        }
        return findings;
    }

    /** By this key; or in a way of its own, as what leads to the person is. */
    private static boolean linked(BoundMap bound, ForeignKey key) {
        return bound.planned(key.parent()).stream()
                .flatMap(t -> t.roles().stream())
                .anyMatch(r ->
                        !(r.source() instanceof KeySource.RoleRows rows && rows.sourceRefersToRole()) || by(rows, key));
    }

    private static boolean by(KeySource.RoleRows rows, ForeignKey key) {
        return rows.roles().get(0).table().equals(key.child())
                && rows.columns().stream().map(Column::name).toList().containsAll(key.columns());
    }

    private static boolean holdsAlone(Table table, ForeignKey key) {
        Set<String> columns = new HashSet<>(key.columns());
        return table.indexes().stream().anyMatch(i -> i.uniqueForAll() && new HashSet<>(i.columns()).equals(columns));
    }

    private static Finding finding(BoundMap bound, PlannedTable table, ForeignKey key) {
        return FindingCode.LEFT_BEHIND.finding(
                table.deleting().get(0).at(),
                key.parent().toString(),
                "each row of " + key.parent() + " belongs to one row of " + table.name() + " (" + key
                        + "); that row goes, and the" + " row of " + key.parent() + " stays.",
                fix(bound, table, key));
    }

    private static SuggestedFix fix(BoundMap bound, PlannedTable table, ForeignKey key) {
        String otherwise = "under not-personal: why " + key.parent() + " holds no personal data; or let the application"
                + " delete what nothing refers to, and accept: { left-behind: { " + key.parent()
                + ": how often that runs } }";
        TableNameFormatter refs = new TableNameFormatter(bound.schema());
        String link = link(refs.text(table.name()), table, key);
        boolean others = bound.schema().table(key.parent()).stream()
                .flatMap(parent -> bound.referringTo(parent).stream())
                .anyMatch(other -> !other.equals(key));
        return others || bound.planned(key.parent()).isPresent()
                ? SuggestedFix.words("a link in " + key.parent() + ": { " + link + ", erase: delete }, or " + otherwise)
                : SuggestedFix.entries(
                        List.of("tables"),
                        YamlFormatter.scalar(refs.text(key.parent())) + ": { " + link + ", erase: delete }",
                        otherwise);
    }

    private static String link(String through, PlannedTable table, ForeignKey key) {
        List<String> roles = table.deleting().stream().map(r -> r.id().role()).toList();
        String role = table.roles().size() == 1 ? "" : ", role: " + words(roles);
        return "through: " + YamlFormatter.scalar(through) + role + ", by: " + words(key.columns());
    }

    private static String words(List<String> words) {
        List<String> scalars = words.stream().map(YamlFormatter::scalar).toList();
        return scalars.size() == 1 ? scalars.get(0) : scalars.stream().collect(Collectors.joining(", ", "[", "]"));
    }
}
