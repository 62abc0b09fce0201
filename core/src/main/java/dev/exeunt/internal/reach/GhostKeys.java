package dev.exeunt.internal.reach;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.map.AccountFlow;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists the keys of rows of the subject's table that stand for no person: those that {@code reassign} hands rows to. */
final class GhostKeys {

    private GhostKeys() {}

    /** Returns the keys as the map writes them, in the order of the subject's key columns, of every flow. */
    static Set<List<String>> of(Plan plan) {
        List<Column> key = plan.subject().key();
        Set<List<String>> ghosts = new LinkedHashSet<>();
        for (PlannedRole role : plan.roles()) {
            boolean byKey = role.source() instanceof KeySource.SubjectKeyValues
                    && role.source().columns().containsAll(key);
            for (AccountFlow flow : AccountFlow.values()) {
                Fate fate = role.hiding().said().fate(flow);
                if (byKey && fate.key().size() == key.size()) {
                    ghosts.add(key.stream()
                            .map(c -> fate.key().get(role.source().columns().indexOf(c)))
                            .toList());
                }
            }
        }
        return ghosts;
    }
}
