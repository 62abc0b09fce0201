package dev.exeunt.promise;

import dev.exeunt.promise.RowSnapshot.SnapshotRow;
import dev.exeunt.promise.answer.MapModel;
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
}
