package dev.exeunt.app.command;

import dev.exeunt.app.report.RefusalReport;
import dev.exeunt.app.terminal.Json;
import dev.exeunt.app.terminal.Page;
import dev.exeunt.lifecycle.DepartureRefusedException;
import dev.exeunt.lifecycle.DepartureRefusedException.Why;
import org.jspecify.annotations.Nullable;

/**
 * Tells why somebody cannot leave or come back. What names others goes to standard output, which is the asker's own; standard
 * error, which may end in a log, gets the sentence that holds nothing of anybody.
 */
public final class Refusal {

    private final Session session;
    private final Page page;
    private final boolean json;

    public Refusal(Session session, Page page, boolean json) {
        this.session = session;
        this.page = page;
        this.json = json;
    }

    /** In the form that the command was asked for. */
    public static Refusal of(Session session, Object command) {
        if (command instanceof MapCommand asked) {
            boolean json = asked instanceof ReportCommand report && report.format.json();
            return new Refusal(session, asked.say.out(session), json);
        }
        return new Refusal(session, new OutputOptions().out(session), false);
    }

    /**
     * @param again the command that would be let through, or null
     * @return the exit code
     */
    public int tell(DepartureRefusedException e, @Nullable String again) {
        if (json) {
            Json.print(session.terminal().out(), RefusalReport.json(e, again));
        } else {
            RefusalReport.text(e, page);
        }
        session.terminal().err().println(e.getMessage());
        if (again != null && !json) {
            session.terminal().err().println("Repeat it so: " + again);
        }
        return (e.why() == Why.NOT_OFFERED ? Exit.COULD_NOT : Exit.REFUSED).code();
    }
}
