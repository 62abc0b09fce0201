package dev.exeunt.app.report;

import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.ErasurePreview.RolePreview;
import dev.exeunt.erase.ErasurePreview.RowChange;
import java.util.List;

/** Counts the rows that an erasure deletes, changes and keeps. A row that several roles reach counts in each. */
record ErasureRowCounts(ErasurePreview preview) {

    /** Returns the roles whose rows or columns stay on purpose. */
    List<RolePreview> kept() {
        return preview.roles().stream()
                .filter(role -> role.kept() != null || !role.retained().isEmpty())
                .toList();
    }

    /** Returns the roles of which rows are left to other people. */
    List<RolePreview> shared() {
        return preview.roles().stream().filter(role -> role.shared() > 0).toList();
    }

    long rows(RowChange change) {
        return preview.roles().stream()
                .filter(role -> role.change() == change)
                .mapToLong(RolePreview::rows)
                .sum();
    }
}
