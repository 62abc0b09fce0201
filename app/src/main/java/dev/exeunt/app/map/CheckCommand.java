package dev.exeunt.app.map;

import dev.exeunt.Exeunt;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.DatabaseOptions;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.ReportCommand;
import dev.exeunt.app.report.FindingsReport;
import dev.exeunt.app.report.SignInNotes;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.MapInvalidException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
                    + " place in the file and a fix. Reads the catalogue, and no row unless --data is given. Made for CI.",
            ""
        })
public final class CheckCommand extends ReportCommand {

    @Option(names = "--strict", description = "Exit 1 also for warnings that the map does not accept.")
    private boolean strict;

    @Option(
            names = "--data",
            negatable = true,
            description =
                    "Sample up to 1,000 rows of each table, for links that the map lacks and for addresses and telephone"
                            + " numbers in columns that it does not name. Only counts leave the database (default: --no-data).")
    private boolean data;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DatabaseOptions.DurationConverter.class,
            description = "With --data: how long one statement may take: 500ms, 10s, 2m (default: ${DEFAULT-VALUE}).")
    private Duration timeout = DataSampling.DEFAULT.statementTimeout();

    public CheckCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        CheckResult checked;
        List<String> notes = List.of();
        try (TerminalProgress progress = say.progress(session, "checking the map")) {
            DataMap read = map.read();
            notes = Stream.concat(
                            new SignInNotes(read).sentences().stream(),
                            new FileStoreNotes(read, session.terminal().env()).sentences().stream())
                    .toList();
            checked = check(database.open(session.terminal(), progress), read);
        } catch (MapInvalidException e) {
            checked = CheckResult.refused(e);
        }
        FindingsReport report = new FindingsReport(checked);
        if (format.json()) {
            Map<String, @Nullable Object> json = report.json();
            json.put(
                    "notes",
                    Stream.concat(notes.stream(), checked.notes().stream()).toList());
            JsonOutput.print(session.terminal().out(), json);
        } else {
            report.text(say.out(session), say.quiet());
            if (checked.findings().isEmpty() && !say.quiet()) {
                notes.forEach(note -> say.out(session).aside("", note));
            }
            checked.notes().forEach(note -> say.out(session).aside("", note));
        }
        boolean left =
                !checked.errors().isEmpty() || (strict && !checked.findings().isEmpty());
        return (left ? ExitCode.LEFT : ExitCode.DONE).code();
    }

    private CheckResult check(Exeunt exeunt, DataMap read) {
        return data ? exeunt.check(read, new DataSampling(timeout)) : exeunt.check(read);
    }
}
