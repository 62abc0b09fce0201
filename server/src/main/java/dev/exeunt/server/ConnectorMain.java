package dev.exeunt.server;

import dev.exeunt.support.text.VisibleText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Runs exeunt connector, whose one command is test. It is in the server, which has the libraries for HTTP. */
@Command(
        name = "exeunt connector",
        description = "Try how other systems are reached.",
        subcommands = ConnectorTestCommand.class)
public final class ConnectorMain implements Runnable {

    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    private boolean help;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ConnectorMain())
                .setParameterExceptionHandler((e, words) -> refused(e))
                .execute(args));
    }

    private static int refused(ParameterException e) {
        System.err.println(VisibleText.lines(String.valueOf(e.getMessage())));
        System.err.println("Try: exeunt connector test --help");
        return 2;
    }

    @Override
    public void run() {
        throw new ParameterException(new CommandLine(this), "Say what to do: exeunt connector test [SYSTEM]");
    }
}
