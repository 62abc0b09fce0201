package dev.exeunt.internal.plan.proof;

import dev.exeunt.internal.map.LifecycleSettings.OfferedFlow;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.DeletionOrder;
import dev.exeunt.internal.plan.bind.MapBinder;
import dev.exeunt.internal.plan.check.AccessCheck;
import dev.exeunt.internal.plan.check.AmbiguousValueCheck;
import dev.exeunt.internal.plan.check.ColumnWriteCheck;
import dev.exeunt.internal.plan.check.CompletenessCheck;
import dev.exeunt.internal.plan.check.DanglingReferenceCheck;
import dev.exeunt.internal.plan.check.GuardCheck;
import dev.exeunt.internal.plan.check.MissingIndexCheck;
import dev.exeunt.internal.plan.check.OverlookedColumnCheck;
import dev.exeunt.internal.plan.check.RestorabilityCheck;
import dev.exeunt.internal.plan.check.RoleConflictCheck;
import dev.exeunt.internal.plan.check.SqlCheck;
import dev.exeunt.internal.plan.check.UniquenessCheck;
import dev.exeunt.internal.plan.check.UnsafeCodeCheck;
import dev.exeunt.internal.plan.check.WatermarkCheck;
import dev.exeunt.internal.plan.check.WriteHazardCheck;
import dev.exeunt.internal.plan.check.leftover.CounterColumnCheck;
import dev.exeunt.internal.plan.check.leftover.HiddenReferenceCheck;
import dev.exeunt.internal.plan.check.leftover.LargeObjectCheck;
import dev.exeunt.internal.plan.check.leftover.OrphanedRowCheck;
import dev.exeunt.internal.plan.check.leftover.OwnerlessRowCheck;
import dev.exeunt.internal.plan.check.leftover.UnmappedParentCheck;
import dev.exeunt.internal.plan.check.leftover.UnreachedTraceCheck;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.trial.SqlValidationResult;
import dev.exeunt.map.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds the bound map and the findings of checking a map for one account flow.
 *
 * @param bound empty where the subject itself could not be found
 */
record FlowCheckResult(Optional<BoundMap> bound, List<Finding> findings) {

    FlowCheckResult {
        findings = List.copyOf(findings);
    }

    /**
     * Looks for what is wrong with a map for one flow.
     *
     * @param unchecked the bound map, and what could not be bound
     * @param tried what the database says of its SQL
     */
    static FlowCheckResult check(FlowCheckResult unchecked, SqlValidationResult tried) {
        Optional<BoundMap> bound = unchecked.bound();
        List<Finding> findings = new ArrayList<>(unchecked.findings());
        // a role whose names are wrong is left out of the bound map: what would follow from its absence is noise
        boolean named = findings.isEmpty();
        bound.ifPresent(b -> {
            if (named) {
                findings.addAll(CompletenessCheck.check(b));
                findings.addAll(DanglingReferenceCheck.check(b));
                findings.addAll(OrphanedRowCheck.check(b));
                findings.addAll(UnmappedParentCheck.check(b, findings));
                findings.addAll(HiddenReferenceCheck.check(b, findings));
                findings.addAll(UnreachedTraceCheck.check(b, findings));
                findings.addAll(OwnerlessRowCheck.check(b));
                findings.addAll(CounterColumnCheck.check(b));
                findings.addAll(LargeObjectCheck.check(b));
                findings.addAll(AccessCheck.check(b));
                findings.addAll(MissingIndexCheck.check(b));
                findings.addAll(RestorabilityCheck.check(b));
                findings.addAll(UnsafeCodeCheck.check(b));
            }
            findings.addAll(ColumnWriteCheck.check(b));
            findings.addAll(SqlCheck.check(b, tried));
            findings.addAll(GuardCheck.check(b, tried));
            findings.addAll(UniquenessCheck.check(b));
            findings.addAll(AmbiguousValueCheck.check(b));
            findings.addAll(RoleConflictCheck.check(b));
            findings.addAll(WriteHazardCheck.check(b));
            findings.addAll(OverlookedColumnCheck.check(b));
            findings.addAll(new DeletionOrder(b).findings());
            findings.addAll(WatermarkCheck.check(b));
            if (named) {
                findings.addAll(SweepCheck.check(b, findings));
            }
        });
        return new FlowCheckResult(bound, findings);
    }

    /**
     * Binds a map to the schema, and checks nothing else yet.
     *
     * @param map for the flow in question
     */
    static FlowCheckResult unchecked(MapDefinition map, DatabaseSchema schema) {
        MapBinder binder = new MapBinder(map, schema);
        Optional<BoundMap> bound = binder.bind();
        return new FlowCheckResult(bound, binder.findings());
    }

    /** All in which two flows of a map can differ: where it is equal, one proof is enough. */
    static List<Object> comparisonKey(MapDefinition map) {
        Optional<OfferedFlow> offer = map.lifecycle().offer(map.flow());
        List<Object> likeness = new ArrayList<>();
        likeness.add(offer.map(o -> o.grace() == null));
        likeness.add(offer.map(o -> o.loginBlock() == null));
        for (MappedTable table : map.tables()) {
            for (Role role : table.roles()) {
                likeness.add(role.fate());
                likeness.add(role.handling().hide(map.flow()));
            }
        }
        return likeness;
    }

    /** The same proof for another flow of the map, alike in everything. */
    FlowCheckResult forFlowOf(MapDefinition map) {
        return new FlowCheckResult(bound.map(b -> b.withMap(map)), findings);
    }
}
