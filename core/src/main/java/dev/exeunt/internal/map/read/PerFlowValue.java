package dev.exeunt.internal.map.read;

import dev.exeunt.map.AccountFlow;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds a setting that the map gives once for all account flows, or separately for each.
 *
 * @param all null where it is said by flow
 */
record PerFlowValue<T>(@Nullable T all, Map<AccountFlow, T> each) {

    static <T> PerFlowValue<T> all(T all) {
        return new PerFlowValue<>(all, Map.of());
    }

    @Nullable
    T of(AccountFlow flow) {
        return all == null ? each.get(flow) : all;
    }
}
