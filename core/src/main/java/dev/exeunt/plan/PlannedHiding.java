package dev.exeunt.plan;

import dev.exeunt.map.HideRule;
import dev.exeunt.map.RoleLifecycle;
import dev.exeunt.schema.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds how a plan hides a role's rows between request and erasure in one account flow.
 *
 * @param said all that the map says of it, for every flow
 * @param how null where the flow hides none of them
 * @param sets what {@code hide: { set: … }} writes; a value that the flow does not have is NULL here
 * @param created the column that says when a row was made, or null
 */
public record PlannedHiding(
        RoleLifecycle said,
        @Nullable HideRule how,
        List<ColumnAssignment> sets,
        @Nullable Column created) {

    public PlannedHiding {
        sets = List.copyOf(sets);
    }
}
