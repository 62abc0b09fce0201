package dev.exeunt.internal.plan;

import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.Trigger;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The order of an erasure, from the live foreign keys: first every row that stays lets go, then rows go, child before
 * parent. Tables that refer to each other in a circle go in one statement, whose foreign keys the database checks only at
 * its end, RESTRICT included; that is not to be had where a trigger or a rule would interfere.
 */
public final class DeletionOrder {

    private final BoundMap bound;
    private final StronglyConnectedComponents components;
    private final List<Finding> findings = new ArrayList<>();

    public DeletionOrder(BoundMap bound) {
        this.bound = bound;
        Map<TableName, Set<TableName>> parents = new LinkedHashMap<>();
        List<PlannedTable> deleted = bound.tables().stream()
                .filter(t -> !t.deleting().isEmpty())
                .sorted(Comparator.comparing(PlannedTable::name))
                .toList();
        deleted.forEach(t -> parents.put(t.name(), new LinkedHashSet<>()));
        for (PlannedTable child : deleted) {
            for (ForeignKey key : child.table().foreignKeys()) {
                bound.ancestry().withAncestors(key.parent()).stream()
                        .filter(p -> parents.containsKey(p) && !p.equals(child.name()))
                        .forEach(Objects.requireNonNull(parents.get(child.name()))::add);
            }
        }
        this.components = StronglyConnectedComponents.of(parents);
    }

    /** Circles that no order and no single statement can delete. */
    public List<Finding> findings() {
        components.inOrder().stream().filter(c -> c.size() > 1).forEach(this::unbreakable);
        return findings;
    }

    private void unbreakable(List<TableName> circle) {
        for (TableName name : circle) {
            PlannedTable table = bound.planned(name).orElseThrow();
            for (Trigger trigger : table.table().triggers()) {
                boolean interferes =
                        trigger.enabled() && trigger.onDelete() && trigger.kind() != Trigger.TriggerKind.AFTER;
                if (interferes) {
                    findings.add(FindingCode.UNBREAKABLE_CYCLE.finding(
                            table.deleting().get(0).at(),
                            name.toString(),
                            names(circle)
                                    + " refer to each other in a circle and can only be deleted in one statement, but "
                                    + trigger.name() + " on " + name + " may keep or move rows meanwhile.",
                            SuggestedFix.words(
                                    "make it an AFTER trigger, which does not interfere; or let one of the tables stay:"
                                            + " erase: detach, { anonymize: … } or { keep: … }")));
                }
            }
        }
    }

    /** Every statement, in order. */
    public List<PlanStep> steps() {
        List<PlanStep> steps = new ArrayList<>();
        for (PlannedTable table : bound.tables()) {
            if (!table.assigning().isEmpty()) {
                steps.add(new PlanStep.UpdateStep(table, "rows that stay let go before anything is deleted"));
            }
        }
        for (List<TableName> component : components.inOrder()) {
            List<PlannedTable> tables =
                    component.stream().map(n -> bound.planned(n).orElseThrow()).toList();
            steps.add(new PlanStep.DeleteStep(tables, why(component)));
        }
        return steps;
    }

    private String why(List<TableName> component) {
        Set<String> before = component.stream()
                .flatMap(n -> components.parents(n).stream())
                .filter(p -> !component.contains(p))
                .map(TableName::toString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String first = before.isEmpty() ? "refers to nothing that goes" : "before " + String.join(", ", before);
        return component.size() > 1 ? "one statement, since they refer to each other in a circle; " + first : first;
    }

    private static String names(List<TableName> circle) {
        return circle.stream().map(TableName::toString).collect(Collectors.joining(", "));
    }
}
