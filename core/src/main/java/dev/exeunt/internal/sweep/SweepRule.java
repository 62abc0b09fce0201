package dev.exeunt.internal.sweep;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.map.TimeSpan;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Says for one link under one flow how long its rows are kept before they go.
 *
 * @param sweep the plan that deletes the flow's kept rows
 */
record SweepRule(FlowPlan flow, Plan sweep, PlannedRole role, Fate.Keep keep) {

    static List<SweepRule> of(Collection<FlowPlan> flows) {
        return flows.stream()
                .filter(f -> f.sweep() != null)
                .flatMap(f -> f.erasure().roles().stream()
                        .filter(PlannedRole::isSwept)
                        .map(r -> new SweepRule(
                                f,
                                Objects.requireNonNull(f.sweep()),
                                r,
                                r.fate().keep().orElseThrow())))
                .toList();
    }

    /** Two rules are the same where they are of the same link under the same flow. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SweepRule rule
                && rule.flow.flow() == flow.flow()
                && rule.role.id().equals(role.id());
    }

    @Override
    public int hashCode() {
        return Objects.hash(flow.flow(), role.id());
    }

    TimeSpan period() {
        return Objects.requireNonNull(keep.period());
    }

    /** As PostgreSQL reads an interval. */
    String interval() {
        return period().amount() + " " + period().unit().name().toLowerCase(Locale.ROOT);
    }

    /** Whether the entry is of this link under this flow. */
    boolean fits(KeptEntry entry) {
        return entry.flow().equals(flow.flow().word())
                && entry.table().equals(role.table().name())
                && entry.role().equals(role.id().role());
    }

    /** Whether the entry's rows can be told: the table has the same primary key and the link the same columns as then. */
    boolean recognises(KeptEntry entry) {
        return entry.keyColumns().equals(role.table().primaryKey())
                && entry.linkColumns()
                        .equals(role.on().stream().map(Column::name).toList());
    }
}
