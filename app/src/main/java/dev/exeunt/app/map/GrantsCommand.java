package dev.exeunt.app.map;

import dev.exeunt.Exeunt;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.MapCommand;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.map.DataMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code exeunt grants}: the rights a role needs for the map, and no more. */
@Command(
        name = "grants",
        abbreviateSynopsis = true,
        header = {"Print the rights a role needs for the map.", ""},
        description = {
            "Print the GRANT statements that a role needs to carry out the map, and, after exeunt migrate, for requests,",
            "reap and serve; and no more. Grants nothing itself.",
            ""
        })
public final class GrantsCommand extends MapCommand {

    @Option(names = "--print", required = true, description = "Print them.")
    @SuppressWarnings("unused") // required, to make clear that the command only prints
    private boolean print;

    @Option(names = "--role", paramLabel = "NAME", description = "For whom (default: the role that connects).")
    private @Nullable String role;

    public GrantsCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        List<String> grants;
        try (TerminalProgress progress = say.progress(session, "reading the catalogue")) {
            DataMap read = map.read();
            Exeunt exeunt = database.open(session.terminal(), progress);
            grants = exeunt.grants(read, role == null ? exeunt.connectedRole() : role);
        }
        grants.forEach(g -> session.terminal().out().println(g.endsWith(";") ? g : g + ";"));
        if (!say.quiet() && grants.stream().noneMatch(g -> g.contains("\"exeunt\"."))) {
            say.err(session)
                    .line(
                            "Exeunt's own tables are not made yet. After exeunt migrate, this prints also the rights that requests, the"
                                    + " reaper and the server need on them.");
        }
        return ExitCode.DONE.code();
    }
}
