package dev.exeunt.app.map;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.ReportCommand;
import dev.exeunt.app.report.FindingsReport;
import dev.exeunt.app.report.SignInNotes;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.MapInvalidException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code exeunt check}: proves the map against the database. */
@Command(
        name = "check",
        abbreviateSynopsis = true,
        header = {"Prove the map against the database.", ""},
        description = {
            "Everything that is missing, wrong or doubtful at once, each with its"
                    + " place in the file and a fix. Reads the catalogue, and no row. Made for CI.",
            ""
        })
public final class CheckCommand extends ReportCommand {

    @Option(names = "--strict", description = "Exit 1 also for warnings that the map does not accept.")
    private boolean strict;

    public CheckCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        CheckResult checked;
        List<String> notes = List.of();
        try (TerminalProgress progress = say.progress(session, "checking the map")) {
            DataMap read = map.read();
            notes = new SignInNotes(read).sentences();
            checked = database.open(session.terminal(), progress).check(read);
        } catch (MapInvalidException e) {
            checked = CheckResult.refused(e);
        }
        FindingsReport report = new FindingsReport(checked);
        if (format.json()) {
            Map<String, @Nullable Object> json = report.json();
            json.put("notes", notes);
            JsonOutput.print(session.terminal().out(), json);
        } else {
            report.text(say.out(session), say.quiet());
            if (checked.findings().isEmpty() && !say.quiet()) {
                notes.forEach(note -> say.out(session).aside("", note));
            }
        }
        boolean left =
                !checked.errors().isEmpty() || (strict && !checked.findings().isEmpty());
        return (left ? ExitCode.LEFT : ExitCode.DONE).code();
    }
}
