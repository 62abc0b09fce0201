package dev.exeunt.internal.sideeffect;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.schema.Trigger;
import java.util.List;

/** Names the triggers and rules that fire on what a plan writes. */
public final class FiringTriggers {

    private FiringTriggers() {}

    /** Each as {@code audit on people}, in the plan's order. */
    static List<String> of(Plan plan) {
        return plan.tables().stream()
                .flatMap(t -> t.table().triggers().stream()
                        .filter(trigger -> fires(t, trigger))
                        .map(trigger -> trigger.name() + " on " + t.name()))
                .distinct()
                .toList();
    }

    private static boolean fires(PlannedTable table, Trigger trigger) {
        return trigger.enabled()
                && (trigger.onDelete() && !table.deleting().isEmpty()
                        || trigger.onUpdate() && !table.assigning().isEmpty());
    }

    /** As the end of a sentence: {@code the triggers that fire here: audit on people}. */
    public static String sentence(Plan plan) {
        List<String> names = of(plan);
        return names.isEmpty()
                ? "No trigger of the map's tables fires here; look at those of tables that they write"
                : "Triggers and rules that fire here: " + String.join(", ", names);
    }
}
