package dev.exeunt.app.report;

import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.erase.ReceiptKeys.CheckResult;
import dev.exeunt.erase.ReceiptKeys.ReceiptCheck;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints what the check of a receipt's signature found. */
public final class ReceiptCheckReport {

    private ReceiptCheckReport() {}

    public static void text(ReceiptCheck check, ReportPage page) {
        switch (check.result()) {
            case UNCHANGED -> {
                page.line(page.style().green("The receipt is unchanged since it was signed."));
                page.line("Receipt " + said(check.receipt()) + ", of an erasure at " + said(check.erasedAt()) + ".");
                page.line("Signed with the key " + said(check.key()) + ".");
            }
            case CHANGED ->
                page.line(page.style().red("The receipt was changed since it was signed, or its signature was."));
            case UNSIGNED ->
                page.folded(
                        "",
                        "The receipt bears no signature, so nothing shows whether it was changed. It was written without EXEUNT_KEY, or by an"
                                + " earlier version.");
            case OTHER_KEY ->
                page.folded(
                        "",
                        "The receipt names the key " + said(check.key())
                                + ", which is not among the keys that were given. Ask for the keys of"
                                + " those who wrote it: exeunt receipt keys.");
        }
    }

    /** {@code other-key} */
    public static String word(CheckResult result) {
        return result.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String said(@Nullable Object value) {
        return value == null ? "?" : value.toString();
    }
}
