package dev.exeunt.app;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommonOptions;
import dev.exeunt.app.command.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code exeunt completion}: what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        abbreviateSynopsis = true,
        header = {"Print a completion script for bash and zsh.", ""},
        description = {
            "bash, in ~/.bashrc:  source <(exeunt completion)",
            "zsh, in ~/.zshrc:    autoload -U +X bashcompinit && bashcompinit; source <(exeunt completion)",
            ""
        })
final class CompletionCommand implements Callable<Integer> {

    private final CommandContext session;

    @Mixin
    @SuppressWarnings("unused") // the same options as everywhere
    private final CommonOptions say = new CommonOptions();

    CompletionCommand(CommandContext session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.terminal().out().print(AutoComplete.bash("exeunt", Main.commandLine(session)));
        return ExitCode.DONE.code();
    }
}
