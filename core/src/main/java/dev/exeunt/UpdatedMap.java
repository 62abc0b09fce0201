package dev.exeunt;

import dev.exeunt.internal.draft.update.MapUpdate;
import dev.exeunt.map.Finding;
import java.util.List;

/**
 * A map brought up to the live schema.
 *
 * @param gone names in it that the database does not have any more; they are left as they are
 */
public record UpdatedMap(MapUpdate update, List<Finding> gone) {

    public UpdatedMap {
        gone = List.copyOf(gone);
    }
}
