package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.app.report.RefusalReport;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.RequestPreview;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks for acknowledgement and confirmation of a request, or prints the command that gives both. */
final class RequestPrompts {

    private final CommandContext session;
    private final DataMap.Offer offer;
    private final RequestPreview.Warnings warnings;

    RequestPrompts(CommandContext session, DataMap.Offer offer, RequestPreview.Warnings warnings) {
        this.session = session;
        this.offer = offer;
        this.warnings = warnings;
    }

    /**
     * Asks, and returns the request with the acknowledgement and the confirmation.
     *
     * @throws CommandRefusedException where the answer is no, or standard input has ended
     */
    NewRequest ask(NewRequest ask, ReportPage page) {
        RefusalReport.warnings(warnings, page);
        page.folded("", consequence());
        boolean read = !warnings.messages().isEmpty();
        String answer = answer((read ? "Acknowledged, and to be done? " : "To be done? ") + "(y/N) ", ask);
        if (!answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
            throw new CommandRefusedException("Not confirmed. Nothing was changed.");
        }
        NewRequest acknowledged = read ? ask.acknowledging(warnings.digest()) : ask;
        String confirm = confirm(ask);
        return confirm == null || ask.typed() != null
                ? acknowledged
                : acknowledged.typing(answer("To confirm, type the person's own " + confirm + ": ", ask));
    }

    private String consequence() {
        if (offer.grace() == null) {
            return "The erasure is at once, and there is no undo. To keep a copy first: exeunt export KEY";
        }
        return "Hidden at once, erased " + offer.grace() + " later unless it is taken back before"
                + (offer.loginBlock() == null ? "." : "; no sign-in for " + offer.loginBlock() + ".");
    }

    /** Staff confirm by their name and reason. */
    private @Nullable String confirm(NewRequest ask) {
        return ask.actor().isStaff() ? null : offer.confirm();
    }

    private String answer(String prompt, NewRequest ask) {
        String answer = session.ask(prompt);
        if (answer == null) {
            throw new CommandRefusedException(
                    "Not confirmed. Nothing was changed.\nRepeat it so: " + again(ask, warnings));
        }
        return answer;
    }

    /** Returns what JSON output says in place of the questions. */
    Map<String, @Nullable Object> json(NewRequest ask) {
        return RefusalReport.unconfirmed(warnings, again(ask, warnings));
    }

    /**
     * Returns a command line that needs no answers. It shows the names of identifiers, never values.
     *
     * @param present the warnings as they are now; null where they have not changed
     */
    String again(NewRequest ask, RequestPreview.@Nullable Warnings present) {
        RequestPreview.Warnings read = present == null ? warnings : present;
        String confirm = confirm(ask);
        boolean staff = ask.actor().isStaff();
        return "exeunt request " + ask.flow().word() + " KEY"
                + (staff || read.messages().isEmpty() ? "" : " --acknowledge " + read.digest())
                + (confirm == null ? "" : " --type " + confirm.toUpperCase(Locale.ROOT))
                + (staff ? " --staff NAME" : "")
                + (ask.reason() == null ? "" : " --reason TEXT")
                + (ask.override() ? " --override" : "")
                + " --yes";
    }
}
