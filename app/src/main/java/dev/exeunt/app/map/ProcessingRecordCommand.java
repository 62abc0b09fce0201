package dev.exeunt.app.map;

import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommonOptions;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.FormatOption;
import dev.exeunt.app.command.MapOptions;
import dev.exeunt.app.command.OutputFile;
import dev.exeunt.app.report.ProcessingRecordReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.support.processing.ProcessingRecord;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code exeunt report}: what the map tells for the record of processing activities. */
@Command(
        name = "report",
        abbreviateSynopsis = true,
        header = {"Draft the record of processing activities from the map.", ""},
        description = {
            "Write the skeleton of the record that GDPR Art. 30 asks for, as Markdown: controller, purposes, categories, recipients,"
                    + " transfers, time limits, and what outlives an erasure. What the map does not say is left to fill in. Reads the"
                    + " map alone, and no database.",
            ""
        })
public final class ProcessingRecordCommand implements Callable<Integer> {

    private final CommandContext session;

    @Mixin
    private final MapOptions map = new MapOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Mixin
    private final CommonOptions say = new CommonOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Where to write it (default: standard output).")
    private String output = "-";

    @Option(names = "--force", description = "Overwrite the file if it exists.")
    private boolean force;

    @Option(
            names = "--language",
            paramLabel = "TAG",
            defaultValue = "en",
            description = "Which of the map's texts to take where it has several languages (default: en).")
    private String language = "en";

    public ProcessingRecordCommand(CommandContext session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        OutputFile file = new OutputFile(output, force);
        file.refuseExisting();
        ProcessingRecordReport report = new ProcessingRecordReport(ProcessingRecord.of(map.read()), languages());
        file.write(session, format.json() ? JsonOutput.text(report.json()) : report.markdown());
        if (!say.quiet() && !file.isStandardOutput()) {
            say.out(session).line(output + ": a draft. Fill in what it marks so, and judge the rest.");
        }
        return ExitCode.DONE.code();
    }

    private List<Locale.LanguageRange> languages() {
        try {
            return List.of(new Locale.LanguageRange(language));
        } catch (IllegalArgumentException e) {
            throw new ExeuntException(
                    "--language is " + language + ", which is no language tag. Say en, de or pt-BR.", e);
        }
    }
}
