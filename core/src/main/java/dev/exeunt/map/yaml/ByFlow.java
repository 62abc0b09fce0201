package dev.exeunt.map.yaml;

import dev.exeunt.map.Flow;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something a map says once for every flow, or for each on its own.
 *
 * @param all null where it is said by flow
 */
record ByFlow<T>(@Nullable T all, Map<Flow, T> each) {

    static <T> ByFlow<T> all(T all) {
        return new ByFlow<>(all, Map.of());
    }

    @Nullable
    T of(Flow flow) {
        return all == null ? each.get(flow) : all;
    }
}
