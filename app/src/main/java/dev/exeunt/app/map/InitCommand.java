package dev.exeunt.app.map;

import dev.exeunt.Exeunt;
import dev.exeunt.ProgressListener;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.app.command.CommonOptions;
import dev.exeunt.app.command.DatabaseOptions;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.FormatOption;
import dev.exeunt.app.command.MapOptions;
import dev.exeunt.app.command.OutputFile;
import dev.exeunt.app.report.DraftReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.MapDraft;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exeunt init}: a first map. */
@Command(
        name = "init",
        abbreviateSynopsis = true,
        header = {"Draft a data map from the database.", ""},
        description = {
            "Every table that hangs off the subject, a fate for each, and 'undecided' where only a person can say."
                    + " Reads the catalogue, and samples rows for references to people that it does not declare.",
            "With --update, after a migration: adds to the map what is new in the database, changes nothing that stands"
                    + " there, and says what it could not add.",
            ""
        })
public final class InitCommand implements Callable<Integer> {

    private final CommandContext session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--subject",
            paramLabel = "TABLE",
            description = "The table that has a row for each person: [SCHEMA.]TABLE. Required, but with --update.")
    private @Nullable String subject;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write the draft; - is standard output (default: exeunt.yaml).")
    private @Nullable String output;

    @Option(names = "--force", description = "Overwrite the file if it exists.")
    private boolean force;

    @Option(names = "--update", description = "Add what is new in the database to the map (--map).")
    private boolean update;

    @Option(
            names = "--data",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Sample up to 1,000 rows of each table for references to people. Only counts leave the database"
                            + " (default: --data; --no-data reads the catalogue alone).")
    private boolean data = true;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DatabaseOptions.DurationConverter.class,
            description =
                    "How long one statement that samples rows may take: 500ms, 10s, 2m (default: ${DEFAULT-VALUE}).")
    private Duration timeout = DataSampling.DEFAULT.statementTimeout();

    @Option(
            names = "--interactive",
            description = "Ask what is undecided, one question after the other, and write each answer into the map:"
                    + " of the draft with --subject, else of the map (--map). Needs a terminal.")
    private boolean interactive;

    @Option(names = "--dry-run", description = "With --update: show what would be added as a diff, and write nothing.")
    private boolean dryRun;

    @Mixin
    private final MapOptions map = new MapOptions();

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Mixin
    private final CommonOptions say = new CommonOptions();

    public InitCommand(CommandContext session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (update) {
            refuse(
                    subject != null,
                    "--subject goes with a new draft: the map that --update adds to names its subject.");
            refuse(interactive, "--interactive asks about a draft or a map as it stands: run it after --update.");
            refuse(output != null || force, "--update writes to the map itself: name it with --map FILE.");
            return new MapFileUpdate(session, new MapFile(map.file()), dryRun)
                    .run(database, say, format.json())
                    .code();
        }
        if (interactive && !session.terminal().isInteractive()) {
            throw new CommandRefusedException(
                    "--interactive asks a person at a terminal, and standard input is none. Nothing was changed.");
        }
        if (interactive && subject == null) {
            return questions(new MapFile(map.file()));
        }
        refuse(subject == null, "Missing required option: '--subject=TABLE'");
        refuse(dryRun, "--dry-run goes with --update.");
        refuse(interactive && "-".equals(output), "--interactive writes answers into a file: name it with -o FILE.");
        return draft(Objects.requireNonNull(subject), output == null ? "exeunt.yaml" : output);
    }

    private void refuse(boolean wrong, String why) {
        if (wrong) {
            throw new ParameterException(spec.commandLine(), why);
        }
    }

    private Integer draft(String table, String target) {
        OutputFile file = new OutputFile(target, force);
        file.refuseExisting();
        long start = System.nanoTime();
        MapDraft draft;
        try (TerminalProgress progress = say.progress(session, "reading the catalogue")) {
            Exeunt exeunt = database.open(session.terminal(), progress);
            draft = data ? exeunt.draft(table, new DataSampling(timeout)) : exeunt.draft(table);
        }
        double seconds = Math.round((System.nanoTime() - start) / 1e7) / 100.0;
        file.write(session, draft.yaml());
        String shown = file.isStandardOutput() ? null : target;
        report(new DraftReport(draft, seconds, shown), file.isStandardOutput());
        if (interactive) {
            return questions(new MapFile(Path.of(target)));
        }
        return ExitCode.DONE.code();
    }

    private Integer questions(MapFile file) {
        Exeunt exeunt = database.open(session.terminal(), ProgressListener.NONE);
        int open = new MapQuestionnaire(exeunt, file, session, say.out(session), session::ask).ask();
        return (open == 0 ? ExitCode.DONE : ExitCode.LEFT).code();
    }

    /** Beside a draft on standard output, standard error tells of it. */
    private void report(DraftReport report, boolean beside) {
        ReportPage page = beside ? say.err(session) : say.out(session);
        if (format.json()) {
            JsonOutput.print(
                    beside ? session.terminal().err() : session.terminal().out(), report.json());
        } else if (!say.quiet()) {
            report.text(page);
            if (!interactive) {
                DraftReport.next(page);
            }
        }
    }
}
