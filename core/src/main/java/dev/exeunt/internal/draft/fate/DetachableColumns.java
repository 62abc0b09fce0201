package dev.exeunt.internal.draft.fate;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Index;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the columns of a link that may become NULL, so that the row no longer refers to the person. */
public final class DetachableColumns {

    private final DraftModel model;

    public DetachableColumns(DraftModel model) {
        this.model = model;
    }

    public boolean possible(Table table, DraftLink link) {
        return !columns(table, link).isEmpty();
    }

    /** Empty where the link cannot let go. */
    public List<String> columns(Table table, DraftLink link) {
        ForeignKey key = link.key();
        List<String> candidates = link.columns().stream()
                .filter(c -> emptiable(table, table.require(c), key))
                .toList();
        boolean allOrNone = link.columns().size() == 1 || (key != null && key.matchFull());
        if (allOrNone) {
            return candidates.size() == link.columns().size() ? candidates : List.of();
        }
        List<String> chosen = key != null && key.onDelete() == ForeignKey.ReferentialAction.SET_NULL
                ? candidates.stream().filter(key.setColumns()::contains).toList()
                : candidates;
        List<String> own = (chosen.isEmpty() ? candidates : chosen)
                .stream().filter(c -> !sharedWithAnother(table, c, key)).toList();
        return own.isEmpty() ? candidates : own;
    }

    /** A tenant's column, say, that other keys of the row need. */
    private static boolean sharedWithAnother(Table table, String column, @Nullable ForeignKey key) {
        return table.foreignKeys().stream()
                .anyMatch(f -> !f.equals(key) && f.columns().contains(column));
    }

    private boolean emptiable(Table table, Column column, @Nullable ForeignKey link) {
        boolean onlyNull = table.indexes().stream()
                .filter(Index::nullsNotDistinct)
                .anyMatch(i -> i.unique() && i.columns().contains(column.name()));
        boolean brokenWhole = table.foreignKeys().stream()
                .anyMatch(f -> f.matchFull()
                        && !f.equals(link)
                        && f.columns().size() > 1
                        && f.columns().contains(column.name()));
        return !column.notNull()
                && column.writable()
                && !onlyNull
                && !brokenWhole
                && !table.primaryKey().contains(column.name())
                && !model.referredTo(table.name()).contains(column.name());
    }
}
