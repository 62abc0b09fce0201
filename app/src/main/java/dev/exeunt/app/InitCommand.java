package dev.exeunt.app;

import dev.exeunt.app.report.DraftReport;
import dev.exeunt.app.terminal.Json;
import dev.exeunt.app.terminal.Page;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.draft.MapDraft;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code exeunt init}: a first map. */
@Command(
        name = "init",
        abbreviateSynopsis = true,
        header = {"Draft a data map from the database.", ""},
        description = {
            "Every table that hangs off the subject, a fate for each, and 'undecided' where only a person can say."
                    + " Reads the catalogue, and no row.",
            ""
        })
final class InitCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = "--subject",
            required = true,
            paramLabel = "TABLE",
            description = "The table that has a row for each person: [SCHEMA.]TABLE.")
    private String subject = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "exeunt.yaml",
            description = "Where to write the draft; - is standard output (default: ${DEFAULT-VALUE}).")
    private String output = "exeunt.yaml";

    @Option(names = "--force", description = "Overwrite the file if it exists.")
    private boolean force;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Mixin
    private final OutputOptions say = new OutputOptions();

    InitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        OutputFile file = new OutputFile(output, force);
        file.refuseExisting();
        long start = System.nanoTime();
        MapDraft draft;
        try (TerminalProgress progress = say.progress(session, "reading the catalogue")) {
            draft = database.open(session.terminal(), progress).draft(subject);
        }
        double seconds = Math.round((System.nanoTime() - start) / 1e7) / 100.0;
        file.write(session, draft.yaml());
        String shown = file.isStandardOutput() ? null : output;
        report(new DraftReport(draft.summary(), seconds, shown), file.isStandardOutput());
        return Exit.DONE.code();
    }

    /** Beside a draft on standard output, standard error tells of it. */
    private void report(DraftReport report, boolean beside) {
        Page page = beside ? say.err(session) : say.out(session);
        if (format.json()) {
            Json.print(beside ? session.terminal().err() : session.terminal().out(), report.json());
        } else if (!say.quiet()) {
            report.text(page);
        }
    }
}
