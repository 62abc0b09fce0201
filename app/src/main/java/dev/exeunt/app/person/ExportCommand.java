package dev.exeunt.app.person;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.MapCommand;
import dev.exeunt.app.command.ValueOption;
import dev.exeunt.app.report.ExportReport;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.ExportSettings.BundleFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exeunt export}: what is there of a person, for that person. */
@Command(
        name = "export",
        abbreviateSynopsis = true,
        header = {"Write a person's data, for that person.", ""},
        description = {
            "Write everything the map lets a person have of their data: a ZIP with each section as JSON and CSV, or one"
                    + " JSON document. Reads one moment of the database and changes nothing.",
            ""
        })
public final class ExportCommand extends MapCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "KEY",
            description = "Whose: the subject's key, or email:... by identifier.")
    private @Nullable String key;

    @Mixin
    private ValueOption value = new ValueOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = ".",
            description = "Where to: a file, a directory for a file named by the map, or - for standard output"
                    + " (default: the current directory).")
    private String output = ".";

    @Option(
            names = "--as",
            paramLabel = "FORMAT",
            description = "zip or json (default: as the file's name ends, else as the map says).")
    private @Nullable BundleFormat as;

    @Option(
            names = "--section",
            paramLabel = "NAME",
            description = "Only this section; may be repeated (default: all sections).")
    private List<String> sections = List.of();

    public ExportCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        value.requireEither(key == null ? List.of() : List.of(key));
        DataMap read = map.read().withSections(sections);
        BundleFormat format = format(read);
        boolean toStandardOutput = output.equals("-");
        refuse(toStandardOutput, format);
        ExportSummary summary;
        try (TerminalProgress progress = say.progress(session, "exporting")) {
            Exeunt exeunt = exeunt(progress);
            summary = toStandardOutput
                    ? toStandardOutput(exeunt, read, format)
                    : key == null
                            ? value.person(exeunt, read).export(Path.of(output), format)
                            : exeunt.export(read, key, Path.of(output), format);
        }
        standsUnlessInterrupted(summary);
        if (!say.quiet()) {
            ExportReport.text(summary, toStandardOutput ? say.err(session) : say.out(session));
        }
        return ExitCode.DONE.code();
    }

    private ExportSummary toStandardOutput(Exeunt exeunt, DataMap read, BundleFormat format) {
        try (OutputStream out = session.terminal().outBytes()) {
            return key == null ? value.person(exeunt, read).export(out, format) : exeunt.export(read, key, out, format);
        } catch (IOException e) {
            throw new ExeuntException("Standard output cannot be written.", e);
        }
    }

    private BundleFormat format(DataMap read) {
        if (as != null) {
            return as;
        }
        if (output.endsWith(".json")) {
            return BundleFormat.JSON;
        }
        return output.endsWith(".zip") ? BundleFormat.ZIP : read.export().format();
    }

    private void refuse(boolean toStandardOutput, BundleFormat format) {
        if (toStandardOutput && format == BundleFormat.ZIP && session.terminal().isInteractive()) {
            throw new ExeuntException("A ZIP is nothing to show on a terminal. Say -o FILE, or --as json.");
        }
        if (!toStandardOutput && Files.isRegularFile(Path.of(output))) {
            throw new CommandRefusedException(output + " exists and was left as it is. Say -o for another file.");
        }
    }

    /** An interruption in the last moment, too, leaves no file. */
    private void standsUnlessInterrupted(ExportSummary summary) {
        try {
            session.interruption().pointOfNoReturn();
        } catch (ExeuntException e) {
            discard(summary.file());
            throw e;
        }
    }

    private static void discard(@Nullable Path path) {
        try {
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new ExeuntException("Interrupted, but " + path + " could not be removed again.", e);
        }
    }
}
