package dev.exeunt.app;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code exeunt} without a command: says which there are. */
@Command(
        name = "exeunt",
        versionProvider = JarVersionProvider.class,
        description = {
            "Data subject requests - access, erasure, proof - for an application on PostgreSQL, described by one data map."
        },
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        footer = {
            "",
            "A KEY is the subject's key as the database writes it (parts of a longer key with a comma between),"
                    + " or an identifier of the map: email:anna@example.org. A KEY that begins with - comes after --.",
            "First steps: exeunt init --db URL --subject TABLE; answer what the draft leaves undecided; exeunt check."
        })
final class ExeuntCommand implements Callable<Integer> {

    private final CommandContext session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    ExeuntCommand(CommandContext session) {
        this.session = session;
    }

    /** The meanings stand in the enum alone. */
    static void describeExits(CommandLine commandLine) {
        Map<String, String> codes = new LinkedHashMap<>();
        Arrays.stream(ExitCode.values()).forEach(e -> codes.put(Integer.toString(e.code()), e.meaning()));
        commandLine.getCommandSpec().usageMessage().exitCodeList(codes);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(session.terminal().err());
        return ExitCode.COULD_NOT.code();
    }
}
