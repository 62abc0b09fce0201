package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.report.StatusReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests.AccountStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code exeunt status}: shows a person's requests and their states. */
@Command(
        name = "status",
        abbreviateSynopsis = true,
        header = {"Show a person's requests to leave.", ""},
        description = {
            "Show what the gate says of a person, and each of their requests with its own moments. Changes nothing. Of people"
                    + " who are erased no request is shown: it no longer says whose it was.",
            ""
        })
public final class StatusCommand extends AccountRequestCommand {

    @Parameters(
            paramLabel = "KEY",
            description = "Whose: the subject's key, or email:... by identifier, as long as that is not hidden.")
    private String key = "";

    public StatusCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        DataMap read = map.read();
        AccountStatus status = looking(read, "looking at the requests", d -> d.status(key));
        if (format.json()) {
            JsonOutput.print(session.terminal().out(), StatusReport.json(status));
        } else {
            StatusReport.text(status, page());
        }
        if (hashKey().isEmpty() && !say.quiet()) {
            say.err(session)
                    .line("Without " + KEY_VARIABLE + " an erased person whose row is still there is not recognised.");
        }
        return ExitCode.DONE.code();
    }
}
