package dev.exeunt.app.leaving;

import dev.exeunt.app.command.RefusedException;
import dev.exeunt.app.command.Session;
import dev.exeunt.app.report.RefusalReport;
import dev.exeunt.app.terminal.Page;
import dev.exeunt.lifecycle.Ask;
import dev.exeunt.lifecycle.Warnings;
import dev.exeunt.map.Lifecycle.Offer;
import dev.exeunt.map.Word;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody is asked before they leave, and the command that says it all without being asked. */
final class RequestQuestions {

    private final Session session;
    private final Offer offer;
    private final Warnings warnings;

    RequestQuestions(Session session, Offer offer, Warnings warnings) {
        this.session = session;
        this.offer = offer;
        this.warnings = warnings;
    }

    /**
     * The same, with what was acknowledged and typed.
     *
     * @throws RefusedException where somebody says no, or nobody answers
     */
    Ask ask(Ask ask, Page page) {
        RefusalReport.warnings(warnings, page);
        page.folded("", consequence());
        boolean read = !warnings.messages().isEmpty();
        String answer = answer((read ? "Acknowledged, and to be done? " : "To be done? ") + "(y/N) ", ask);
        if (!answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
            throw new RefusedException("Not confirmed. Nothing was changed.");
        }
        Ask acknowledged = read ? ask.acknowledging(warnings.digest()) : ask;
        Word confirm = confirm(ask);
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
    private @Nullable Word confirm(Ask ask) {
        return ask.actor().isStaff() ? null : offer.confirm();
    }

    private String answer(String prompt, Ask ask) {
        session.interruption().idle(true);
        try {
            String answer = session.terminal().ask(prompt);
            if (answer == null) {
                throw new RefusedException(
                        "Not confirmed. Nothing was changed.\nRepeat it so: " + again(ask, warnings));
            }
            return answer;
        } finally {
            session.interruption().idle(false);
        }
    }

    /** What a machine is told instead of being asked. */
    Map<String, @Nullable Object> json(Ask ask) {
        return RefusalReport.unconfirmed(warnings, again(ask, warnings));
    }

    /**
     * Needs no answers. Of what was typed only the names are shown.
     *
     * @param present the warnings as they stand now; null where they stand as they were
     */
    String again(Ask ask, @Nullable Warnings present) {
        Warnings read = present == null ? warnings : present;
        Word confirm = confirm(ask);
        boolean staff = ask.actor().isStaff();
        return "exeunt request " + ask.flow().word() + " KEY"
                + (staff || read.messages().isEmpty() ? "" : " --acknowledge " + read.digest())
                + (confirm == null ? "" : " --type " + confirm.text().toUpperCase(Locale.ROOT))
                + (staff ? " --staff NAME" : "")
                + (ask.reason() == null ? "" : " --reason TEXT")
                + (ask.override() ? " --override" : "")
                + " --yes";
    }
}
