package dev.exeunt.app.map;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.DatabaseOptions;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.ReportCommand;
import dev.exeunt.app.report.RehearseReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.map.DataMap;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code exeunt rehearse}: erasures that are rolled back. */
@Command(
        name = "rehearse",
        abbreviateSynopsis = true,
        header = {"Try erasures that are always rolled back.", ""},
        description = {
            "Search the whole database for keys, identifiers and values of real people, in places that the map does not reach."
                    + " Then erase each of them in a transaction that is always rolled back, look again, and show what"
                    + " would fail: constraints, triggers, a link that is left; rows and time of each statement. The search"
                    + " holds no lock; an erasure holds its locks for seconds. Shows no key and no value.",
            ""
        })
public final class RehearseCommand extends ReportCommand {

    private static final int SAMPLE = 3;

    @Parameters(
            arity = "0..*",
            paramLabel = "KEY",
            description = "Whom: the subject's key, or email:... by identifier.")
    private List<String> keys = List.of();

    @Option(
            names = "--sample",
            paramLabel = "N",
            converter = NumberConverter.class,
            description = "So many people spread over the table, besides those named (default: " + SAMPLE
                    + " where no KEY is given).")
    private @Nullable Integer sample;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DatabaseOptions.DurationConverter.class,
            description =
                    "How long one statement of an erasure may take, with its locks: 500ms, 10s, 2m (default: 30s)."
                            + " Where it takes longer, rehearse on a copy.")
    private Duration timeout = Duration.ofSeconds(30);

    public RehearseCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        RehearsalResult report;
        try (TerminalProgress progress = say.progress(session, "rehearsing")) {
            DataMap read = map.read();
            report = exeunt(progress).rehearse(read, keys, people(), timeout);
        }
        if (format.json()) {
            JsonOutput.print(session.terminal().out(), RehearseReport.json(report));
        } else {
            RehearseReport.text(report, say.out(session));
        }
        return (report.failed() == 0 && report.unreached() == 0 ? ExitCode.DONE : ExitCode.LEFT).code();
    }

    private int people() {
        if (sample != null) {
            return sample;
        }
        return keys.isEmpty() ? SAMPLE : 0;
    }

    /** Unlike picocli, it repeats nothing: the next word may have been a key. */
    static final class NumberConverter implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            if (!text.matches("0*[1-9][0-9]{0,4}")) {
                throw new TypeConversionException("a number of people from 1 to 99999 is wanted");
            }
            return Integer.valueOf(text);
        }
    }
}
