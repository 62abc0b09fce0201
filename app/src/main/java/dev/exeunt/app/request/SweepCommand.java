package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.report.SweepReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.erase.SweepResult;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code exeunt sweep}: deletes rows that erasures kept for a period, once it is over. */
@Command(
        name = "sweep",
        abbreviateSynopsis = true,
        header = {"Delete kept rows whose period is over.", ""},
        description = {
            "Delete the rows that erasures kept for a period (keep: { for: 3y, then: delete }), once the period is over. Only rows"
                    + " that were recorded at an erasure are deleted. A row whose link has changed since stays. Shows the"
                    + " counts first and asks; from cron, add --yes. The server's worker does the same every six hours.",
            ""
        })
public final class SweepCommand extends AccountRequestCommand {

    @Option(names = "--dry-run", description = "Only show what would be deleted.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    public SweepCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        DataMap read = map.read();
        if (dryRun || !yes) {
            SweepResult due = looking(read, "counting kept rows", AccountRequests::previewSweep);
            if (dryRun || due.deleted() == 0) {
                print(due, true, page());
                return ExitCode.DONE.code();
            }
            SweepReport.text(due, true, beside());
            confirm(due.deleted());
        }
        SweepResult swept = changing(read, "deleting kept rows", AccountRequests::sweepKeptRows);
        print(swept, false, page());
        return (swept.failures().isEmpty() ? ExitCode.DONE : ExitCode.LEFT).code();
    }

    private void print(SweepResult result, boolean dry, ReportPage page) {
        if (format.json()) {
            JsonOutput.print(session.terminal().out(), result.toMap());
        } else {
            SweepReport.text(result, dry, page);
        }
    }

    private void confirm(long rows) {
        beside().line("There is no undo.");
        session.requireTyped("delete " + rows + (rows == 1 ? " row" : " rows"));
    }

    /** Where everything but the result goes. */
    private ReportPage beside() {
        return format.json() ? say.err(session) : page();
    }
}
