package dev.exeunt.internal.map;

import dev.exeunt.map.Finding.Position;
import java.util.List;
import java.util.Optional;

/**
 * Says what becomes of a role's rows, with everything that the map says along with it.
 *
 * <p>Code decides by {@link #outcome()}. The other methods hold the details of that outcome, and are empty for outcomes that
 * have none.
 */
public sealed interface RowTreatment permits Fate, HideRule {

    RowOutcome outcome();

    Position at();

    /** Rules for columns that are overwritten. */
    default List<ColumnRule> rules() {
        return List.of();
    }

    /** Columns that stay on purpose. */
    default List<LocatedText> retain() {
        return List.of();
    }

    /** The link's columns that a detach names; empty where it names none, which means all of them. */
    default List<LocatedText> columns() {
        return List.of();
    }

    /** The standing row's key that a reassign writes, one text for each link column. */
    default List<String> key() {
        return List.of();
    }

    /** The reason, legal basis and period of a keep. */
    default Optional<Fate.Keep> keep() {
        return Optional.empty();
    }

    /** The word that a map uses for it. */
    default String word() {
        return outcome().word();
    }
}
