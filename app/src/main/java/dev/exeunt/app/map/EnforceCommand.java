package dev.exeunt.app.map;

import dev.exeunt.RowEnforcement;
import dev.exeunt.RowEnforcement.EnforcementStatus;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.ReportCommand;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TerminalProgress;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code exeunt enforce}: makes the map hold in the database itself. */
@Command(
        name = "enforce",
        abbreviateSynopsis = true,
        header = {"Hide people's rows and refuse new ones in the database itself.", ""},
        description = {
            "Make the words reads, new-rows and roles of the map hold for every connection. Row security makes the rows of hidden",
            "and erased people absent for the application's roles. Triggers refuse new rows of people who are leaving.",
            ""
        })
public final class EnforceCommand extends ReportCommand {

    @ArgGroup(multiplicity = "1")
    private final EnforcementAction action = new EnforcementAction();

    @Option(names = "--undo", description = "With --print: print the statements of --remove instead.")
    private boolean undo;

    public EnforceCommand(CommandContext session) {
        super(session);
    }

    /** Holds what is to be done; one of them is given. */
    static final class EnforcementAction {

        @Option(names = "--print", required = true, description = "Print the statements, and change nothing.")
        private boolean print;

        @Option(names = "--apply", required = true, description = "Enforce the map. May be repeated after a change.")
        private boolean apply;

        @Option(names = "--remove", required = true, description = "Take everything out again, and restore what was.")
        private boolean remove;

        @Option(
                names = "--status",
                required = true,
                description = "Say where the database differs from the map, and what still shows hidden rows.")
        private boolean status;
    }

    @Override
    public Integer call() {
        try (TerminalProgress progress = say.progress(session, "looking at what is enforced")) {
            RowEnforcement enforcement = exeunt(progress).enforcement(map.read());
            if (action.print) {
                session.terminal().out().print(undo ? enforcement.removalScript() : enforcement.script());
                return ExitCode.DONE.code();
            }
            return action.status ? report(enforcement.status()) : change(enforcement);
        }
    }

    private int change(RowEnforcement enforcement) {
        String done;
        if (action.apply) {
            enforcement.apply();
            done =
                    "The database enforces the map. PostgreSQL now refuses COPY … FROM on tables whose rows are hidden, by every role that row"
                            + " security binds: load rows there by INSERT, or as the owner. Undo: exeunt enforce --remove. What it does not"
                            + " hide: exeunt enforce --status";
        } else {
            done = enforcement.remove()
                    ? "Nothing is enforced any more, and what was before is back."
                    : "Nothing was enforced.";
        }
        if (!say.quiet()) {
            say.out(session).folded("", done);
        }
        return ExitCode.DONE.code();
    }

    private int report(EnforcementStatus status) {
        if (format.json()) {
            JsonOutput.print(
                    session.terminal().out(),
                    JsonOutput.object(
                            "differences",
                            status.differences(),
                            "exposures",
                            status.exposures(),
                            "policies",
                            status.policies()));
        } else {
            ReportPage page = say.out(session);
            page.line(
                    status.differences().isEmpty()
                            ? page.style().green("The database enforces the map.")
                            : page.style().red("The database differs from the map:"));
            list(page, status.differences());
            list(page, status.policies());
            if (!status.exposures().isEmpty()) {
                page.line("What still shows hidden rows, or tells of them:");
                list(page, status.exposures());
            }
        }
        return (status.differences().isEmpty() ? ExitCode.DONE : ExitCode.LEFT).code();
    }

    private static void list(ReportPage page, List<String> sentences) {
        sentences.forEach(sentence -> page.folded("  ", sentence));
    }
}
