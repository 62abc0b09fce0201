package dev.exeunt.internal.plan.proof;

import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.map.AccountFlow;
import java.util.Arrays;
import java.util.List;

/** Lists the account flows for which a map is checked and planned. */
final class PlannedFlows {

    private PlannedFlows() {}

    /** Returns the flows that the map offers, and always the one that deletes the account. */
    static List<AccountFlow> of(MapDefinition map) {
        return Arrays.stream(AccountFlow.values())
                .filter(f -> f == AccountFlow.DELETE_ACCOUNT
                        || map.lifecycle().offer(f).isPresent())
                .toList();
    }
}
