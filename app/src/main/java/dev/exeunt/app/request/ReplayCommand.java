package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.ReportCommand;
import dev.exeunt.app.report.LedgerReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.ledger.ErasureLedger.ReplayResult;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code exeunt replay}: after a restore, erases again who had been erased. */
@Command(
        name = "replay",
        abbreviateSynopsis = true,
        header = {"After a restore, erase again who had been erased.", ""},
        description = {
            "Compare a database that was restored from a backup with the copy of the ledger outside it (EXEUNT_LEDGER). Erase again who"
                    + " had been erased since the backup, make open requests again, and take back what had been taken back. Only"
                    + " people who existed before the entry are touched. Shows the counts first and asks; without a terminal, add"
                    + " --yes. May be run again after a failure. Needs the key of erased people in EXEUNT_KEY.",
            ""
        })
public final class ReplayCommand extends ReportCommand {

    @Option(names = "--dry-run", description = "Only show what would be done.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--trust-keys",
            description =
                    "Take rows with the key or value of an entry for that person, where the map does not say when they were made."
                            + " Only right where no person has registered since the restore, and no guest came again.")
    private boolean trustKeys;

    public ReplayCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        ReplayResult lost = with("looking at what a restore lost", ledger -> ledger.previewReplay(trustKeys));
        if (dryRun || !lost.isNeeded()) {
            print(lost, true);
            return (lost.isNeeded() ? ExitCode.LEFT : ExitCode.DONE).code();
        }
        if (!yes) {
            LedgerReport.replay(lost, true, beside());
            confirm(lost.erased());
        }
        session.interruption().pointOfNoReturn();
        ReplayResult done = with("erasing again", ledger -> ledger.replay(trustKeys));
        print(done, false);
        return (done.isFinished() ? ExitCode.DONE : ExitCode.LEFT).code();
    }

    private ReplayResult with(String doing, Function<ErasureLedger, ReplayResult> work) {
        try (TerminalProgress progress = say.progress(session, doing)) {
            return work.apply(exeunt(progress).ledger(map.read()));
        }
    }

    private void print(ReplayResult result, boolean dry) {
        if (format.json()) {
            JsonOutput.print(session.terminal().out(), LedgerReport.json(result));
        } else {
            LedgerReport.replay(result, dry, say.out(session));
        }
    }

    private void confirm(int people) {
        beside().line("There is no undo.");
        session.requireTyped("erase " + people + (people == 1 ? " person" : " people"));
    }

    private ReportPage beside() {
        return format.json() ? say.err(session) : say.out(session);
    }
}
