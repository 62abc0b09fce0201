package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.ReportCommand;
import dev.exeunt.app.report.LedgerReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.ledger.ErasureLedger.LedgerCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code exeunt ledger verify}: checks the chain of the ledger, in the database and in its copy. */
@Command(
        name = "ledger",
        abbreviateSynopsis = true,
        header = {"Check the record of requests and erasures.", ""},
        description = {
            "Follow the chain of the ledger in the database and in the copy outside it (EXEUNT_LEDGER). Name the first entry that was"
                    + " changed, is missing or out of order. Needs the key of erased people in EXEUNT_KEY.",
            ""
        })
public final class LedgerCommand extends ReportCommand {

    /** What can be done with the ledger. */
    enum LedgerAction {
        verify
    }

    @Parameters(paramLabel = "ACTION", description = "What to do: ${COMPLETION-CANDIDATES}.")
    private LedgerAction action = LedgerAction.verify;

    public LedgerCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        LedgerCheck check;
        try (TerminalProgress progress = say.progress(session, "checking the ledger")) {
            check = switch (action) {
                case verify -> exeunt(progress).ledger(map.read()).verify();
            };
        }
        if (format.json()) {
            JsonOutput.print(
                    session.terminal().out(), JsonOutput.object("entries", check.entries(), "copied", check.copied()));
        } else {
            LedgerReport.check(check, say.out(session));
        }
        return ExitCode.DONE.code();
    }
}
