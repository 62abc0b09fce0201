package dev.exeunt.app.map;

import dev.exeunt.Exeunt;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.ReportCommand;
import dev.exeunt.app.command.ValueOption;
import dev.exeunt.app.report.PlanReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.map.DataMap;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exeunt plan}: what an erasure would do. */
@Command(
        name = "plan",
        abbreviateSynopsis = true,
        header = {"Show what an erasure would do.", ""},
        description = {
            "Each step with its rows and why it stands there, and what is kept and why." + " Writes nothing.",
            ""
        })
public final class PlanCommand extends ReportCommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "KEY",
            description = "Whom: the subject's key, or email:... by identifier.")
    private List<String> keys = List.of();

    @Mixin
    private ValueOption value = new ValueOption();

    @Option(names = "--sql", description = "Print the statements, too.")
    private boolean sql;

    public PlanCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        value.requireEither(keys);
        ErasurePreview preview;
        try (TerminalProgress progress = say.progress(session, "counting rows")) {
            DataMap read = map.read();
            Exeunt exeunt = exeunt(progress);
            preview = value.isGiven() ? value.person(exeunt, read).preview() : exeunt.preview(read, keys);
        }
        PlanReport report = new PlanReport(preview);
        if (format.json()) {
            JsonOutput.print(session.terminal().out(), report.json(sql));
        } else {
            report.text(say.out(session));
            if (sql) {
                report.statements(say.out(session));
            }
            report.nothingWritten(say.out(session));
        }
        return ExitCode.DONE.code();
    }
}
