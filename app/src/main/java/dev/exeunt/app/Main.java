package dev.exeunt.app;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.map.CheckCommand;
import dev.exeunt.app.map.DiagramCommand;
import dev.exeunt.app.map.EnforceCommand;
import dev.exeunt.app.map.ExplainCommand;
import dev.exeunt.app.map.GrantsCommand;
import dev.exeunt.app.map.InitCommand;
import dev.exeunt.app.map.MapJsonSchemaCommand;
import dev.exeunt.app.map.MigrateCommand;
import dev.exeunt.app.map.PlanCommand;
import dev.exeunt.app.map.RehearseCommand;
import dev.exeunt.app.person.EraseCommand;
import dev.exeunt.app.person.ExportCommand;
import dev.exeunt.app.person.VerifyCommand;
import dev.exeunt.app.request.CancelCommand;
import dev.exeunt.app.request.GateCommand;
import dev.exeunt.app.request.ReactivateCommand;
import dev.exeunt.app.request.ReapCommand;
import dev.exeunt.app.request.RequestCommand;
import dev.exeunt.app.request.RetryCommand;
import dev.exeunt.app.request.StatusCommand;
import dev.exeunt.app.request.SweepCommand;
import dev.exeunt.app.terminal.Terminal;
import dev.exeunt.app.terminal.UserInterrupt;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The {@code exeunt} program. */
public final class Main {

    private Main() {}

    /** Ends the process. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofProcess();
        UserInterrupt interruption = new UserInterrupt();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(terminal, interruption), "interrupted"));
        int code = run(args, new CommandContext(terminal, interruption));
        System.exit(code);
    }

    /**
     * Runs one command in this process and ends nothing.
     *
     * @param terminal with the environment that stands for the process's
     * @return the exit code, see {@link ExitCode}
     */
    public static int run(String[] args, Terminal terminal) {
        return run(args, new CommandContext(terminal, new UserInterrupt()));
    }

    static int run(String[] args, CommandContext session) {
        try {
            return commandLine(session).execute(args);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            CommandErrorHandler.unexpected(e, session.terminal().err());
            return ExitCode.COULD_NOT.code();
        } finally {
            session.terminal().out().flush();
            session.terminal().err().flush();
            session.interruption().finished();
        }
    }

    private static CommandLine subcommands(CommandContext session) {
        return new CommandLine(new ExeuntCommand(session))
                .addSubcommand(new InitCommand(session))
                .addSubcommand(new CheckCommand(session))
                .addSubcommand(new ExplainCommand(session))
                .addSubcommand(new PlanCommand(session))
                .addSubcommand(new ExportCommand(session))
                .addSubcommand(new RehearseCommand(session))
                .addSubcommand(new EraseCommand(session))
                .addSubcommand(new VerifyCommand(session))
                .addSubcommand(new GrantsCommand(session))
                .addSubcommand(new DiagramCommand(session))
                .addSubcommand(new MigrateCommand(session))
                .addSubcommand(new EnforceCommand(session))
                .addSubcommand(new RequestCommand(session))
                .addSubcommand(new CancelCommand(session))
                .addSubcommand(new ReactivateCommand(session))
                .addSubcommand(new StatusCommand(session))
                .addSubcommand(new RetryCommand(session))
                .addSubcommand(new GateCommand(session))
                .addSubcommand(new ReapCommand(session))
                .addSubcommand(new SweepCommand(session))
                .addSubcommand(new ServeCommand())
                .addSubcommand(new DemoCommand(session))
                .addSubcommand(new MapJsonSchemaCommand(session))
                .addSubcommand(new CompletionCommand(session))
                .addSubcommand(new CommandLine.HelpCommand());
    }

    static CommandLine commandLine(CommandContext session) {
        CommandLine commands = subcommands(session);
        ExeuntCommand.describeExits(commands);
        CommandErrorHandler failures = new CommandErrorHandler(session);
        Terminal terminal = session.terminal();
        boolean colour = terminal.style(false).coloured();
        // A key may begin with @, which picocli would read as the name of a file of arguments.
        return commands.setExpandAtFiles(false)
                .setOut(terminal.outWriter())
                .setErr(terminal.errWriter())
                .setDefaultValueProvider(new EnvironmentDefaults(terminal.env()))
                .setColorScheme(Help.defaultColorScheme(colour ? Help.Ansi.ON : Help.Ansi.OFF))
                .setUsageHelpWidth(Math.max(100, terminal.width()))
                .setUsageHelpLongOptionsMaxWidth(30)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /** Runs when the process ends, for whatever reason; says something only if there was something to interrupt. */
    private static void interrupted(Terminal terminal, UserInterrupt interruption) {
        UserInterrupt.InterruptOutcome outcome = interruption.interrupt();
        if (outcome == UserInterrupt.InterruptOutcome.STOPPED) {
            terminal.err().println("\nInterrupted. Nothing was changed.");
        } else if (outcome == UserInterrupt.InterruptOutcome.STILL_ENDING) {
            terminal.err()
                    .println("\nInterrupted while the database was committing: it is not known whether the change took"
                            + " effect. exeunt verify KEY, or of a request exeunt status KEY, tells.");
        }
        terminal.out().flush();
        terminal.err().flush();
    }
}
