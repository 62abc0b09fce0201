package dev.exeunt.app.command;

import dev.exeunt.app.report.RefusalReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import org.jspecify.annotations.Nullable;

/**
 * Prints why a request was refused, and keeps personal data off standard error. Obstacles and warnings may name other
 * people. They go to standard output, which only the caller sees. Standard error may end in a log; it gets the
 * exception's message, which holds no personal data.
 */
public final class RefusalPrinter {

    private final CommandContext session;
    private final ReportPage page;
    private final boolean json;

    public RefusalPrinter(CommandContext session, ReportPage page, boolean json) {
        this.session = session;
        this.page = page;
        this.json = json;
    }

    /** Returns a printer in the output format of the command: JSON or text. */
    public static RefusalPrinter of(CommandContext session, Object command) {
        if (command instanceof MapCommand asked) {
            boolean json = asked instanceof ReportCommand report && report.format.json();
            return new RefusalPrinter(session, asked.say.out(session), json);
        }
        return new RefusalPrinter(session, new CommonOptions().out(session), false);
    }

    /**
     * @param again the command line that would succeed, or null
     * @return the exit code
     */
    public int tell(RequestRefusedException e, @Nullable String again) {
        if (json) {
            JsonOutput.print(session.terminal().out(), RefusalReport.json(e, again));
        } else {
            RefusalReport.text(e, page);
        }
        session.terminal().err().println(e.getMessage());
        if (again != null && !json) {
            session.terminal().err().println("Repeat it so: " + again);
        }
        return (e.why() == RequestRefusalReason.NOT_OFFERED ? ExitCode.COULD_NOT : ExitCode.REFUSED).code();
    }
}
