package dev.exeunt.internal.plan;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subject's kind and table, bound to the live schema.
 *
 * @param present the map's own condition for rows that are not soft-deleted, or null
 */
public record PlannedSubject(
        SubjectKind kind,
        Table table,
        List<Column> key,
        List<Column> identifiers,
        @Nullable LocatedText present) {

    public PlannedSubject {
        key = List.copyOf(key);
        identifiers = List.copyOf(identifiers);
    }

    /** The same subject with the same condition written in other words. */
    public PlannedSubject withPresent(@Nullable LocatedText condition) {
        return new PlannedSubject(kind, table, key, identifiers, condition);
    }
}
