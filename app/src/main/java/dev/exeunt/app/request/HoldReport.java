package dev.exeunt.app.request;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.request.AccountRequests.LegalHold;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows legal holds to staff. */
final class HoldReport {

    private HoldReport() {}

    static void one(LegalHold hold, ReportPage page) {
        page.line(page.style().bold("legal hold ") + hold.id() + ": " + standing(hold));
        page.line("  on " + (hold.subject() == null ? "rows that receipt " + hold.receipt() + " kept" : hold.subject())
                + ", " + (hold.tables().isEmpty() ? "all rows" : "rows of " + String.join(", ", hold.tables())));
        page.line("  placed " + second(hold.placedAt()) + " by " + hold.placedBy()
                + (hold.told() ? "; the person learns of it" : "; the person does not learn of it"));
        if (hold.reason() != null) {
            page.folded("  ", "reason: " + hold.reason());
        }
    }

    private static String standing(LegalHold hold) {
        if (hold.releasedAt() != null) {
            return "released " + second(hold.releasedAt()) + " by " + hold.releasedBy();
        }
        String end = hold.until() == null ? "until it is released" : "until " + second(hold.until());
        return hold.active() ? "active " + end : "ended " + second(hold.until());
    }

    private static String second(@Nullable Instant moment) {
        return moment == null ? "" : moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String release(LegalHold hold) {
        return "exeunt release " + hold.id();
    }

    static String placeAgain(LegalHold hold) {
        StringBuilder command = new StringBuilder("exeunt hold ");
        command.append(hold.receipt() == null ? "KEY" : "--receipt " + hold.receipt());
        hold.tables().forEach(t -> command.append(" --table ").append(t));
        return command.append(hold.told() ? " --tell" : "").toString();
    }

    static Map<String, @Nullable Object> json(LegalHold hold) {
        return JsonOutput.object(
                "id", hold.id(),
                "subject", hold.subject(),
                "receipt", hold.receipt(),
                "tables", hold.tables(),
                "reason", hold.reason(),
                "placedAt", hold.placedAt(),
                "placedBy", hold.placedBy(),
                "until", hold.until(),
                "told", hold.told(),
                "active", hold.active(),
                "releasedAt", hold.releasedAt(),
                "releasedBy", hold.releasedBy());
    }
}
