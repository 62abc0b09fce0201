package dev.exeunt.app.report;

import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TextTable;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.Receipt.FileReceipt;
import dev.exeunt.erase.Receipt.SideEffectReceipt;
import dev.exeunt.erase.Receipt.TableReceipt;
import java.util.stream.Collectors;

/** Prints a receipt for people. */
public final class ReceiptReport {

    private ReceiptReport() {}

    public static void text(Receipt receipt, ReportPage page) {
        long deleted =
                receipt.tables().stream().mapToLong(TableReceipt::deleted).sum();
        long changed =
                receipt.tables().stream().mapToLong(TableReceipt::changed).sum();
        page.line(page.style().green("Erased " + CountText.erased(receipt.subjects())) + " from "
                + receipt.database() + ": " + CountText.of(deleted, "row") + " deleted, "
                + TextTable.number(changed) + " changed.");
        page.blank();
        TextTable table = new TextTable("Table", ">Deleted", ">Changed", "Reached, by role");
        for (TableReceipt one : receipt.tables()) {
            String roles = one.roles().stream()
                    .map(r -> r.role() + " " + TextTable.number(r.reached()) + " (" + r.fate() + ")")
                    .collect(Collectors.joining(", "));
            table.row(one.table(), one.deleted(), one.changed(), roles);
        }
        page.table(table, "  ");
        receipt.sideEffects().forEach(s -> page.folded("  ", sideEffect(s)));
        files(receipt, page);
        page.blank();
        shared(receipt, page);
    }

    private static void files(Receipt receipt, ReportPage page) {
        FileReceipt files = receipt.files();
        if (files == null) {
            return;
        }
        page.folded(
                "  ",
                "Files that rows named: " + TextTable.number(files.deleted()) + " deleted, "
                        + TextTable.number(files.inUse()) + " left since other rows name them, "
                        + TextTable.number(files.missing()) + " not found, " + TextTable.number(files.refused())
                        + " refused, " + TextTable.number(files.waiting()) + " could not be deleted yet.");
    }

    private static void shared(Receipt receipt, ReportPage page) {
        if (receipt.shared() > 0) {
            String places = receipt.tables().stream()
                    .flatMap(t -> t.roles().stream()
                            .filter(r -> r.shared() > 0)
                            .map(r -> t.table() + "." + r.role() + " " + TextTable.number(r.shared())))
                    .collect(Collectors.joining(", "));
            page.folded(
                    "",
                    "Left alone: " + CountText.of(receipt.shared(), "row")
                            + ", since another person holds the same value (" + places
                            + "). The erasure of the last person who holds it takes them.");
            page.blank();
        }
    }

    private static String sideEffect(SideEffectReceipt rows) {
        String written = "Also written, by triggers or cascades: " + rows.table() + " "
                + TextTable.number(rows.inserted())
                + " inserted, " + TextTable.number(rows.updated()) + " updated, " + TextTable.number(rows.deleted())
                + " deleted.";
        return rows.holding() == 0
                ? written
                : written + " " + CountText.of(rows.holding(), "row")
                        + (rows.holding() == 1 ? " there holds" : " there hold")
                        + " data of the person: accepted by the map, or from before.";
    }

    /** What is still to do, and what an erasure does not reach. */
    public static void advice(Receipt receipt, ReportPage page) {
        page.folded(
                "",
                receipt.subjects() == 0
                        ? "To see what is left: exeunt verify --value NAME=VALUE."
                        : "To see what is left: exeunt verify KEY --values FILE (by the key itself, since identifiers are gone;"
                                + " the file holds former values, one a line).");
        page.folded(
                "",
                "Not covered: backups, replicas that lag behind, logs, and other systems that were sent copies."
                        + " They still hold what they held.");
    }
}
