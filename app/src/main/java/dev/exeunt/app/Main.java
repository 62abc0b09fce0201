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
import dev.exeunt.app.map.ProcessingRecordCommand;
import dev.exeunt.app.map.RehearseCommand;
import dev.exeunt.app.person.EraseCommand;
import dev.exeunt.app.person.ExportCommand;
import dev.exeunt.app.person.ReceiptCommand;
import dev.exeunt.app.person.VerifyCommand;
import dev.exeunt.app.request.CancelCommand;
import dev.exeunt.app.request.GateCommand;
import dev.exeunt.app.request.HoldCommand;
import dev.exeunt.app.request.HoldsCommand;
import dev.exeunt.app.request.LateRowsCommand;
import dev.exeunt.app.request.LedgerCommand;
import dev.exeunt.app.request.ReactivateCommand;
import dev.exeunt.app.request.ReapCommand;
import dev.exeunt.app.request.ReleaseCommand;
import dev.exeunt.app.request.ReplayCommand;
import dev.exeunt.app.request.RequestCommand;
import dev.exeunt.app.request.RetryCommand;
import dev.exeunt.app.request.StatusCommand;
import dev.exeunt.app.request.SweepCommand;
import dev.exeunt.app.request.SystemsCommand;
import dev.exeunt.app.terminal.Terminal;
import dev.exeunt.app.terminal.UserInterrupt;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
            return commandLine(session, named(args)).execute(args);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            CommandErrorHandler.unexpected(e, session.terminal().err());
            return ExitCode.COULD_NOT.code();
        } finally {
            session.terminal().out().flush();
            session.terminal().err().flush();
            session.interruption().finished();
        }
    }

    /** The commands in the order of the help; each is made when it is needed. */
    private static Map<String, Function<CommandContext, Object>> commands() {
        Map<String, Function<CommandContext, Object>> commands = new LinkedHashMap<>();
        commands.put("init", InitCommand::new);
        commands.put("check", CheckCommand::new);
        commands.put("explain", ExplainCommand::new);
        commands.put("plan", PlanCommand::new);
        commands.put("export", ExportCommand::new);
        commands.put("rehearse", RehearseCommand::new);
        commands.put("erase", EraseCommand::new);
        commands.put("verify", VerifyCommand::new);
        commands.put("grants", GrantsCommand::new);
        commands.put("diagram", DiagramCommand::new);
        commands.put("report", ProcessingRecordCommand::new);
        commands.put("migrate", MigrateCommand::new);
        commands.put("enforce", EnforceCommand::new);
        commands.put("request", RequestCommand::new);
        commands.put("cancel", CancelCommand::new);
        commands.put("reactivate", ReactivateCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("hold", HoldCommand::new);
        commands.put("release", ReleaseCommand::new);
        commands.put("holds", HoldsCommand::new);
        commands.put("retry", RetryCommand::new);
        commands.put("gate", GateCommand::new);
        commands.put("reap", ReapCommand::new);
        commands.put("sweep", SweepCommand::new);
        commands.put("ledger", LedgerCommand::new);
        commands.put("replay", ReplayCommand::new);
        commands.put("receipt", ReceiptCommand::new);
        commands.put("late-rows", LateRowsCommand::new);
        commands.put("systems", SystemsCommand::new);
        commands.put("connector", session -> new ConnectorCommand());
        commands.put("serve", session -> new ServeCommand());
        commands.put("demo", DemoCommand::new);
        commands.put("schema", MapJsonSchemaCommand::new);
        commands.put("completion", CompletionCommand::new);
        commands.put("help", session -> new CommandLine.HelpCommand());
        return commands;
    }

    /** The command that the first word names; all of them where another word, an option or the help comes first. */
    static Collection<String> named(String... args) {
        Set<String> names = commands().keySet();
        boolean one = args.length > 0 && names.contains(args[0]) && !args[0].equals("help");
        return one ? List.of(args[0]) : names;
    }

    /** The program with all its commands. */
    static CommandLine commandLine(CommandContext session) {
        return commandLine(session, commands().keySet());
    }

    /** @param names of the commands it knows: the options of each are read by reflection, which takes longer than some commands */
    static CommandLine commandLine(CommandContext session, Collection<String> names) {
        CommandLine commands = new CommandLine(new ExeuntCommand(session));
        commands().forEach((name, command) -> {
            if (names.contains(name)) {
                commands.addSubcommand(name, command.apply(session));
            }
        });
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
