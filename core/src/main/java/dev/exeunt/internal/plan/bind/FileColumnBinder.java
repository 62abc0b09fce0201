package dev.exeunt.internal.plan.bind;

import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.MappedTable.FileColumn;
import dev.exeunt.internal.map.RowOutcome;
import dev.exeunt.internal.plan.PlannedFile;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.FindingCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the columns that the map says name files. */
record FileColumnBinder(NameResolver names) {

    private static final Set<String> LISTS = Set.of("_text", "_varchar", "_bpchar");

    /** @param roles of the table, as far as they could be bound */
    List<PlannedFile> bind(MappedTable entry, Table table, List<PlannedRole> roles) {
        List<PlannedFile> files = new ArrayList<>();
        if (!entry.files().isEmpty()) {
            roles.forEach(role -> refuseUnrecorded(entry.files().get(0), table, role));
        }
        for (FileColumn file : entry.files()) {
            names.column(table, file.column())
                    .filter(column -> isText(table, file, column))
                    .ifPresent(column -> files.add(new PlannedFile(column, file.store(), file.strip())));
        }
        return files;
    }

    /** Rows that go in other ways than by an erasure would leave their files behind. */
    private void refuseUnrecorded(FileColumn file, Table table, PlannedRole role) {
        RowOutcome hidden = role.hiding().outcome();
        boolean goesAtRequest = hidden.removesRows() && !hidden.putsRowsAside();
        if (goesAtRequest || role.isSwept()) {
            names.report(FindingCode.NOT_SUPPORTED.finding(
                    file.column().at(),
                    table.name() + "." + file.column().text(),
                    "rows of " + role.id() + " go by " + (goesAtRequest ? "hide: delete" : "then: delete")
                            + ", and this version deletes files only of rows that an erasure deletes or overwrites.",
                    goesAtRequest ? "hide: stash, or take files out" : "take then: delete out, or take files out"));
        }
    }

    private boolean isText(Table table, FileColumn file, Column column) {
        boolean fits = column.type().isText() || LISTS.contains(column.type().baseName());
        if (!fits) {
            names.report(FindingCode.CANNOT_HOLD.finding(
                    file.column().at(),
                    table.name() + "." + column.name(),
                    column.name() + " is of type " + column.type().display() + ", and names of files are texts.",
                    "name a column of type text, varchar or text[], or take " + column.name() + " out of files"));
        }
        return fits;
    }
}
