package dev.exeunt.erase.hide;

import java.util.List;

/**
 * What became of hidden rows when they were to be shown again.
 *
 * @param tables those that had anything hidden, the last hidden first
 */
public record Restored(List<TableRestored> tables) {

    public Restored {
        tables = List.copyOf(tables);
    }

    /**
     * @param rows as they were
     * @param changed by somebody meanwhile: their change stays, the rest of the row is as it was
     * @param gone or not to be brought back: deleted by somebody meanwhile, or what it belonged to was
     */
    public record TableRestored(String table, long rows, long changed, long gone) {}

    /** Whether everything is exactly as it was. */
    public boolean exact() {
        return tables.stream().allMatch(t -> t.changed() == 0 && t.gone() == 0);
    }
}
