package dev.exeunt.erase;

import java.util.List;

/**
 * Reports which hidden rows were restored, changed meanwhile or gone, by table.
 *
 * @param tables those that had anything hidden, the last hidden first
 */
public record RestoreResult(List<TableRestoreResult> tables) {

    public RestoreResult {
        tables = List.copyOf(tables);
    }

    /**
     * Counts the restored, changed and missing rows of one table.
     *
     * @param rows as they were
     * @param changed rows that were changed while hidden: the change stays, the rest of the row is as it was
     * @param gone rows that cannot be brought back: they, or the rows they belong to, were deleted meanwhile
     */
    public record TableRestoreResult(String table, long rows, long changed, long gone) {}

    /** Whether everything is exactly as it was. */
    public boolean exact() {
        return tables.stream().allMatch(t -> t.changed() == 0 && t.gone() == 0);
    }
}
