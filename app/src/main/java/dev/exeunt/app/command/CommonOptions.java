package dev.exeunt.app.command;

import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TerminalProgress;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/** How much is said, and how colourful; and help, which every command has. */
public final class CommonOptions {

    @Option(names = "--quiet", description = "Say only what was asked for: no progress, no advice.")
    private boolean quiet;

    @Option(names = "--no-color", description = "No colour on a terminal, either (env NO_COLOR).")
    private boolean noColor;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    public boolean quiet() {
        return quiet;
    }

    public ReportPage out(CommandContext session) {
        return page(session, session.terminal().out());
    }

    /** For what is said beside a result that a machine reads. */
    public ReportPage err(CommandContext session) {
        return page(session, session.terminal().err());
    }

    /** Tells of work that takes long: at first what it is, then whatever it reports. */
    public TerminalProgress progress(CommandContext session, String doing) {
        return TerminalProgress.start(session.terminal(), quiet ? "" : doing, session.interruption());
    }

    private ReportPage page(CommandContext session, PrintStream stream) {
        return new ReportPage(
                stream, session.terminal().style(noColor), session.terminal().width());
    }
}
