package dev.exeunt.plan.proof;

import dev.exeunt.map.DataMap;
import dev.exeunt.map.Finding;
import dev.exeunt.map.Lifecycle.Offer;
import dev.exeunt.map.Role;
import dev.exeunt.map.TableMap;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.DeletionOrder;
import dev.exeunt.plan.bind.Binder;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.trial.TriedSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A map looked at for one flow.
 *
 * @param bound empty where the subject itself could not be found
 */
record FlowProof(Optional<BoundMap> bound, List<Finding> findings) {

    FlowProof {
        findings = List.copyOf(findings);
    }

    /**
     * @param map for the flow in question
     * @param tried what the database says of its SQL
     */
    static FlowProof of(DataMap map, DatabaseSchema schema, TriedSql tried) {
        Binder binder = new Binder(map, schema);
        Optional<BoundMap> bound = binder.bind();
        List<Finding> findings = new ArrayList<>(binder.findings());
        // a role whose names are wrong is left out of the bound map: what would follow from its absence is noise
        boolean named = findings.isEmpty();
        bound.ifPresent(b -> {
            if (named) {
                findings.addAll(Completeness.of(b));
                findings.addAll(Coverage.of(b));
                findings.addAll(LeftBehind.of(b));
                findings.addAll(Access.of(b));
                findings.addAll(Indexes.of(b));
                findings.addAll(Restoring.of(b));
                findings.addAll(UnsafePath.of(b));
            }
            findings.addAll(Writability.of(b));
            findings.addAll(SqlFindings.of(b, tried));
            findings.addAll(GuardFindings.of(b, tried));
            findings.addAll(Uniqueness.of(b));
            findings.addAll(Interference.of(b));
            findings.addAll(Surroundings.of(b));
            findings.addAll(ColumnFindings.of(b));
            findings.addAll(new DeletionOrder(b).findings());
            findings.addAll(Watermark.of(b));
        });
        return new FlowProof(bound, findings);
    }

    /** All in which two flows of a map can differ: where it is equal, one proof is enough. */
    static List<Object> likeness(DataMap map) {
        Optional<Offer> offer = map.lifecycle().offer(map.flow());
        List<Object> likeness = new ArrayList<>();
        likeness.add(offer.map(o -> o.grace() == null));
        likeness.add(offer.map(o -> o.loginBlock() == null));
        for (TableMap table : map.tables()) {
            for (Role role : table.roles()) {
                likeness.add(role.fate());
                likeness.add(role.handling().hide(map.flow()));
            }
        }
        return likeness;
    }

    /** The same proof for another flow of the map, alike in everything. */
    FlowProof as(DataMap map) {
        return new FlowProof(bound.map(b -> b.of(map)), findings);
    }
}
