package dev.exeunt.promise;

import dev.exeunt.promise.RowSnapshot.SnapshotRow;
import dev.exeunt.promise.answer.MapModel;
import dev.exeunt.promise.answer.ModelLink;
import dev.exeunt.promise.answer.ModelRole;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Describes the rows that a run of {@code verify} looks at, and what is known of the erasure.
 *
 * @param followed the rows that links led to before the erasure
 * @param now the rows as they are
 * @param phase how far it has come
 * @param recorded whether the erasure is on record and the secret was given
 * @param late uids of rows that came after the erasure
 */
record ResidueMoment(LinkTraversal followed, RowSnapshot now, ResiduePhase phase, boolean recorded, Set<String> late) {

    /** Lists the moments at which {@code verify} is judged. */
    enum ResiduePhase {
        BEFORE_ERASURE,
        ERASED,
        LATE_ROWS,
        NEW_PERSON
    }

    MapModel answers() {
        return followed.answers();
    }

    List<List<String>> people() {
        return followed.people();
    }

    boolean isLate(SnapshotRow row) {
        return late.contains(row.uid());
    }

    /** Whether rows of the role are a person's only while the person is present, which an erasure ends. */
    boolean dependsOnPresence(ModelRole role) {
        return dependsOnPresence(role, new HashSet<>());
    }

    private boolean dependsOnPresence(ModelRole role, Set<ModelRole> seen) {
        if (phase == ResiduePhase.BEFORE_ERASURE || !seen.add(role)) {
            return false;
        }
        if (role.link() instanceof ModelLink.ModelIdentifierLink matches) {
            return "mine-if-present".equals(matches.shared());
        }
        return role.link() instanceof ModelLink.ModelThroughLink through
                && answers().rolesOf(through.parent()).stream()
                        .filter(r -> through.roles().contains(r.name()))
                        .anyMatch(r -> dependsOnPresence(r, seen));
    }
}
