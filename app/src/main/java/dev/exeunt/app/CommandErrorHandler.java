package dev.exeunt.app;

import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.RefusalPrinter;
import dev.exeunt.app.report.FindingsReport;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.Terminal;
import dev.exeunt.app.terminal.TerminalStyle;
import dev.exeunt.app.terminal.UserInterrupt.InterruptedByUserException;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.request.RequestRefusedException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Prints errors of commands as sentences on standard error and chooses the exit code. Never a stack trace, and of what
 * was typed only the names of options and commands: a key is personal.
 */
final class CommandErrorHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final CommandContext session;

    CommandErrorHandler(CommandContext session) {
        this.session = session;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        Terminal terminal = session.terminal();
        if (e instanceof InterruptedByUserException || session.interruption().interrupted()) {
            return ExitCode.INTERRUPTED.code();
        }
        if (e instanceof RequestRefusedException refused) {
            return RefusalPrinter.of(session, commandLine.getCommand()).tell(refused, null);
        }
        if (e instanceof MapInvalidException invalid) {
            mapInvalid(invalid, terminal);
        } else if (e instanceof ExeuntException) {
            terminal.err().println(e.getMessage());
        } else {
            unexpected(e, terminal.err());
        }
        return (e instanceof CommandRefusedException ? ExitCode.REFUSED : ExitCode.COULD_NOT).code();
    }

    private static void mapInvalid(MapInvalidException e, Terminal terminal) {
        TerminalStyle style = terminal.style(false);
        ReportPage page = new ReportPage(terminal.err(), style, terminal.width());
        FindingsReport.list(e.findings(), page);
        page.line(style.red("The map cannot be carried out: " + FindingsReport.count(e.findings()) + "."));
    }

    /** Without the exception's message, which may quote a value. */
    static void unexpected(Throwable e, PrintStream err) {
        String name = e.getClass().getSimpleName();
        err.println("Something unexpected went wrong (" + (name.isEmpty() ? "an exception" : name) + place(e)
                + "). This is a fault in Exeunt: please report this line, it holds nothing personal.");
    }

    /** Where of ours it happened, else where. */
    private static String place(Throwable e) {
        List<StackTraceElement> trace = Arrays.asList(e.getStackTrace());
        return trace.stream()
                .filter(t -> t.getClassName().startsWith("dev.exeunt."))
                .findFirst()
                .or(() -> trace.stream().findFirst())
                .map(t -> " at " + t.getClassName().replaceFirst("^dev\\.exeunt\\.", "") + "." + t.getMethodName() + ":"
                        + t.getLineNumber())
                .orElse("");
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintStream err = session.terminal().err();
        err.println(e instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched) : sentence(e));
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.COULD_NOT.code();
    }

    private static String sentence(ParameterException e) {
        String message = String.valueOf(e.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }

    private static String unmatched(UnmatchedArgumentException e) {
        CommandLine command = e.getCommandLine();
        String first = e.getUnmatched().get(0);
        if (first.startsWith("-")) {
            String option = first.replaceFirst("=.*", "");
            return "There is no option " + option + "." + hint(e);
        }
        if (!command.getSubcommands().isEmpty()) {
            return "There is no such command." + hint(e);
        }
        return e.getUnmatched().size() == 1
                ? "There is an argument too many; an option's value that holds spaces needs quotes."
                : "There are " + e.getUnmatched().size() + " arguments too many.";
    }

    private static String hint(UnmatchedArgumentException e) {
        return e.getSuggestions().isEmpty()
                ? ""
                : " Did you mean " + e.getSuggestions().get(0) + "?";
    }
}
