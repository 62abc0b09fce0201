package dev.exeunt.plan;

import dev.exeunt.map.Handling;
import dev.exeunt.map.Hide;
import dev.exeunt.schema.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a role's rows between request and erasure, in the flow that the plan is for.
 *
 * @param said all that the map says of it, for every flow
 * @param how null where the flow hides none of them
 * @param sets what {@code hide: { set: … }} writes; a value that the flow does not have is NULL here
 * @param created the column that says when a row was made, or null
 */
public record Hiding(
        Handling said,
        @Nullable Hide how,
        List<Assignment> sets,
        @Nullable Column created) {

    public Hiding {
        sets = List.copyOf(sets);
    }
}
