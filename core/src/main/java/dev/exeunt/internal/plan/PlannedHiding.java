package dev.exeunt.internal.plan;

import dev.exeunt.internal.map.HideRule;
import dev.exeunt.internal.map.RoleLifecycle;
import dev.exeunt.internal.map.RowOutcome;
import dev.exeunt.internal.schema.Column;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds how a plan hides a role's rows between request and erasure in one account flow.
 *
 * @param said all that the map says of it, for every flow
 * @param how null where the flow hides none of them
 * @param sets what {@code hide: { set: … }} writes; a value that the flow does not have is NULL here
 * @param created the column that says when a row was made, of type date or timestamp, or null
 */
public record PlannedHiding(
        RoleLifecycle said,
        @Nullable HideRule how,
        List<ColumnAssignment> sets,
        @Nullable Column created) {

    public PlannedHiding {
        sets = List.copyOf(sets);
    }

    /** What the request itself does to the rows. */
    public RowOutcome outcome() {
        return how == null ? RowOutcome.LEAVE_ALONE : how.outcome();
    }

    /**
     * Returns the column that tells rows that were there at the request from later ones: a timestamp where there is one, else a
     * date, which tells only days apart. Empty where no column does.
     */
    public Optional<Watermark> watermark() {
        Optional<Watermark> made = Optional.ofNullable(created).map(column -> new Watermark(column, true));
        Optional<Watermark> marked = ColumnAssignment.marker(sets).map(marker -> new Watermark(marker.column(), false));
        return made.filter(Watermark::isExact)
                .or(() -> marked.filter(Watermark::isExact))
                .or(() -> made)
                .or(() -> marked);
    }

    /** @param created whether it says when a row was made, and not since when it is hidden */
    public record Watermark(Column column, boolean created) {

        /** Tells whether the column orders what happened on the same day. */
        public boolean isExact() {
            return column.type().isTimestamp();
        }
    }
}
