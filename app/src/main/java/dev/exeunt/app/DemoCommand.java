package dev.exeunt.app;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommonOptions;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.demo.DemoWalkthrough;
import dev.exeunt.app.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code exeunt demo}: shows draft, check, plan, export, erasure and HTTP calls on a database server of its own. */
@Command(
        name = "demo",
        abbreviateSynopsis = true,
        header = {"Show the whole story on a server of its own.", ""},
        description = {
            "Show the whole story, on a PostgreSQL started for it and a sample application's data: draft, findings, plan,"
                    + " export, erasure, verification; then the same over HTTP, to try in a browser. Needs no database, and touches none.",
            ""
        })
final class DemoCommand implements Callable<Integer> {

    private final CommandContext session;

    @Option(
            names = "--keep-running",
            description =
                    "Leave database and server running until Enter is pressed, also where input or output is no terminal.")
    private boolean keepRunning;

    @Mixin
    private final CommonOptions say = new CommonOptions();

    DemoCommand(CommandContext session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        DemoWalkthrough demo =
                new DemoWalkthrough(session.terminal(), say.out(session), session.interruption(), this::run);
        return (demo.tell(keepRunning) ? ExitCode.DONE : ExitCode.COULD_NOT).code();
    }

    /** Runs a command as a user would. Ctrl-C in the demo interrupts the command, too. */
    private int run(Terminal terminal, String... args) {
        return Main.run(
                args, new CommandContext(terminal, session.interruption().part()));
    }
}
